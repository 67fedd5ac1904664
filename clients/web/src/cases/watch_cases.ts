import { CaseService } from "@api/v1/case_service_pb.js";
import { signal } from "@preact/signals";
import { client } from "../api/client.js";
import { heard } from "../api/heard.js";
import { isSessionEnd, refusalOf } from "../api/refusal.js";
import { notePosition } from "../api/seen_position.js";
import { isSomebodyThere } from "../page/presence.js";

// Tells that a case changed; the reference alone, because every tab asks for what it may see.
export interface CaseChange {
  caseRef: string;
  revision: string;
}

export const lastChange = signal<CaseChange | undefined>(undefined);

const LOCK = "wardbook-watch";
const CHANNEL = "wardbook-cases";
// The server says at least every 20 seconds that the stream is alive. A school's filter that
// holds it back makes it look dead.
const SILENCE_MS = 45_000;
const POLL_MS = 30_000;
const RETRY_MS = 5_000;

function sleep(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stop.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    stop.addEventListener("abort", end);
  });
}

type Tell = (change: CaseChange) => void;

// Reads the stream until it ends or is silent for too long. Whether it brought anything.
async function readStream(after: { position?: bigint }, tell: Tell, stop: AbortSignal) {
  const from = after.position === undefined ? {} : { afterPosition: after.position };
  const open = (signal: AbortSignal) =>
    client(CaseService).watchCases(from, { signal, timeoutMs: 0 });
  let hasBrought = false;
  try {
    const stream = heard(open, { signal: stop, silenceMs: SILENCE_MS });
    for await (const { change, position } of stream) {
      hasBrought = true;
      after.position = position;
      notePosition(position);
      if (change.case === "handled" || change.case === "filed") {
        tell({ caseRef: change.value.caseRef, revision: String(change.value.revision) });
      }
    }
  } catch (error) {
    if (isSessionEnd(error)) throw error;
    // A log that was restored from a backup ends before the position: from now on, then.
    if (refusalOf(error)?.code === "R-SEEN-POSITION") delete after.position;
  }
  return hasBrought;
}

async function readRevisions(): Promise<{ caseRef: string; revision: bigint }[]> {
  const { cases } = await client(CaseService).listInbox({});
  const { reports } = await client(CaseService).listMyReports({});
  return [...cases, ...reports];
}

// Where streams do not come through: asks what the inbox and the reports are now.
async function poll(tell: Tell, stop: AbortSignal) {
  let known: Map<string, string> | undefined;
  while (!stop.aborted) {
    if (isSomebodyThere()) {
      try {
        const now = new Map(
          (await readRevisions()).map(({ caseRef, revision }) => [caseRef, String(revision)]),
        );
        for (const [caseRef, revision] of now) {
          if (known && known.get(caseRef) !== revision) tell({ caseRef, revision });
        }
        known = now;
      } catch (error) {
        // A line that is lost comes back.
        if (isSessionEnd(error)) throw error;
      }
    }
    await sleep(POLL_MS, stop);
  }
}

async function lead(tell: Tell, stop: AbortSignal): Promise<void> {
  const after: { position?: bigint } = {};
  let silentStreams = 0;
  while (!stop.aborted) {
    const hasBrought = await readStream(after, tell, stop);
    silentStreams = hasBrought ? 0 : silentStreams + 1;
    if (silentStreams > 1) await poll(tell, stop);
    else await sleep(RETRY_MS, stop);
  }
}

// Watches for as long as somebody is signed in. Of all tabs one has the stream, because a
// browser opens six connections to a server and no more; it tells the others.
export function watchCases(): () => void {
  const stopping = new AbortController();
  const channel =
    typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(CHANNEL);
  channel?.addEventListener("message", (event: MessageEvent<CaseChange>) => {
    lastChange.value = event.data;
  });
  const tell: Tell = (change) => {
    lastChange.value = change;
    channel?.postMessage(change);
  };
  // Not there in a browser without a secure connection; then every tab watches for itself.
  const locks: LockManager | null | undefined = navigator.locks;
  const leading = !locks
    ? lead(tell, stopping.signal)
    : locks.request(LOCK, { signal: stopping.signal }, () => lead(tell, stopping.signal));
  // The session has ended, which every call tells of by itself, or a tab that waited for its turn
  // watches no more.
  leading.catch(() => {});
  return () => {
    stopping.abort();
    channel?.close();
  };
}
