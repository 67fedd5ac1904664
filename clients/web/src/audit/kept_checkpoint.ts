import { AuditService } from "@api/v1/audit_service_pb.js";
import { client } from "../api/client.js";
import { isPrefix } from "./consistency.js";
import { type GivenHow, isSucceededBy, keepDecision } from "./decisions.js";
import { isFingerprintGiven } from "./given_key.js";
import { inTurn } from "./in_turn.js";
import {
  CannotVerifyError,
  type Checkpoint,
  fingerprintOf,
  openCheckpoint,
  parseVerifierKey,
} from "./signed_note.js";

// A checkpoint as this browser keeps it: a size, a hash and a key, and nothing of anybody.
export interface KeptCheckpoint {
  key: string;
  note: string;
  // When this browser saw its first checkpoint, to which every later one was shown to lead
  // back, and when it saw this one.
  firstSeenAt: number;
  seenAt: number;
}

export interface SignedNote {
  key: string;
  note: string;
}

// What shows that the log was changed: two notes that one key signed and that cannot both be
// of one log. Whoever has both needs to believe neither this browser nor the server.
export interface Alarm {
  what: string;
  foundAt: number;
  given: SignedNote;
  kept?: KeptCheckpoint;
}

export type Verdict =
  | { kind: "first"; newest: Checkpoint; key: string }
  | {
      kind: "whole";
      before: Checkpoint;
      newest: Checkpoint;
      firstSeenAt: number;
      seenAt: number;
      key: string;
    }
  // This browser cannot check signatures, which says nothing of the log.
  | { kind: "cannot-check" }
  | {
      kind: "not-whole";
      what: string;
      next: string;
      alarm: Alarm;
      // Where a restored backup explains it, and the alarm is kept for good.
      mayStartAnew: boolean;
      // Where a new key of the school explains it.
      mayTrustKey: boolean;
    };

const TELL =
  "Keep this browser as it is, and tell the Chair of Governors and whoever runs the server.";

const nameOf = (schoolId: string) => `wardbook-checkpoint/${schoolId}`;

export function keptCheckpoint(schoolId: string): KeptCheckpoint | undefined {
  const text = localStorage.getItem(nameOf(schoolId));
  return text === null ? undefined : (JSON.parse(text) as KeptCheckpoint);
}

const alarmsNameOf = (schoolId: string) => `wardbook-alarms/${schoolId}`;

export function keptAlarms(schoolId: string): Alarm[] {
  const text = localStorage.getItem(alarmsNameOf(schoolId));
  return text === null ? [] : (JSON.parse(text) as Alarm[]);
}

// The first of its kind against one older note is kept: it proves what later ones would, and
// visits without end fill no disk. Whether it is kept.
function keepAlarm(schoolId: string, alarm: Alarm): boolean {
  try {
    const alarms = keptAlarms(schoolId);
    const isKnown = alarms.some(
      ({ what, kept }) => what === alarm.what && kept?.note === alarm.kept?.note,
    );
    if (!isKnown) {
      localStorage.setItem(alarmsNameOf(schoolId), JSON.stringify([...alarms, alarm]));
    }
    return true;
  } catch {
    return false;
  }
}

function keep(schoolId: string, kept: KeptCheckpoint): void {
  localStorage.setItem(nameOf(schoolId), JSON.stringify(kept));
}

async function open(keyText: string, note: string, schoolId: string) {
  const key = await parseVerifierKey(keyText);
  if (key === undefined) return undefined;
  const checkpoint = await openCheckpoint(key, note);
  // A checkpoint of another school is as good as none.
  return checkpoint?.origin === `${key.name}/${schoolId}` ? checkpoint : undefined;
}

const turnOf = (schoolId: string) => `wardbook-check-log/${schoolId}`;

// Whether the alarm is of the checkpoint that is kept now: another tab may have seen the log whole
// again since, and what it keeps is not thrown away for what nobody decided on.
function isOfKept(schoolId: string, { kept }: Alarm): boolean {
  return kept !== undefined && keptCheckpoint(schoolId)?.note === kept.note;
}

// For a log that was restored from a backup: from then on it is watched anew. Does nothing for an
// alarm that is over; the next check says what the log is now.
export function watchAnew(schoolId: string, alarm: Alarm): Promise<void> {
  return inTurn(turnOf(schoolId), async () => {
    const { given, kept } = alarm;
    if (kept === undefined || !isOfKept(schoolId, alarm)) return;
    keepDecision(schoolId, { kind: "anew", madeAt: Date.now(), kept, given });
    localStorage.removeItem(nameOf(schoolId));
  });
}

// For a key that was changed on purpose. The log is still held to what this browser saw: the next
// check proves that it leads back to the note that the former key signed. Whether `text`, which
// somebody was given, is its fingerprint; nothing is decided when not. The key itself does not do,
// because the alarm shows it.
export function trustKey(
  schoolId: string,
  { given, kept }: Alarm,
  { text, how }: { text: string; how: GivenHow },
): Promise<boolean> {
  return inTurn(turnOf(schoolId), async () => {
    if (kept === undefined || !(await isFingerprintGiven(text, given.key))) return false;
    const fingerprint = await fingerprintOf(given.key);
    const madeAt = Date.now();
    keepDecision(schoolId, { kind: "new-key", madeAt, kept, given, fingerprint, how });
    return true;
  });
}

// Checks the newest checkpoint of the server against the one that this browser saw last, and
// keeps it if all is well. One check after the other: else the answer that one asked for first
// would be compared with the newer one that another has kept.
export function checkLog(schoolId: string): Promise<Verdict> {
  return inTurn(turnOf(schoolId), () => checkAlone(schoolId));
}

async function checkAlone(schoolId: string): Promise<Verdict> {
  try {
    return await compare(schoolId);
  } catch (error) {
    if (error instanceof CannotVerifyError) return { kind: "cannot-check" };
    throw error;
  }
}

async function compare(schoolId: string): Promise<Verdict> {
  const answer = await client(AuditService).getCheckpoint({});
  const key = answer.verifierKey.trim();
  const kept = keptCheckpoint(schoolId);
  const now = Date.now();
  const notWhole = (what: string, because?: "restored" | "new-key"): Verdict => {
    const given = { key, note: answer.checkpoint };
    const alarm = { what, foundAt: now, given, ...(kept === undefined ? {} : { kept }) };
    const isKept = keepAlarm(schoolId, alarm);
    const mayStartAnew = because === "restored" && isKept;
    const mayTrustKey = because === "new-key" && isKept;
    return { kind: "not-whole", what, next: TELL, alarm, mayStartAnew, mayTrustKey };
  };
  const newest = await open(answer.verifierKey, answer.checkpoint, schoolId);
  if (newest === undefined) {
    return notWhole("The server’s checkpoint is not signed with its key, or is of another log.");
  }
  if (kept === undefined) {
    keep(schoolId, { key, note: answer.checkpoint, firstSeenAt: now, seenAt: now });
    return { kind: "first", newest, key };
  }
  if (kept.key !== key && !isSucceededBy(schoolId, kept.key, key)) {
    return notWhole(
      "The server signs with another key than when this browser last looked.",
      "new-key",
    );
  }
  const before = await open(kept.key, kept.note, schoolId);
  if (before === undefined)
    return notWhole("The checkpoint in this browser is not as it was kept.");
  if (newest.size < before.size) {
    return notWhole(
      `The log had ${before.size} records when this browser last looked, and now has ` +
        `${newest.size}. Records are gone.`,
      "restored",
    );
  }
  const sizes = { oldSize: before.size, newSize: newest.size };
  const proof =
    before.size === newest.size
      ? []
      : ((await client(AuditService).getConsistencyProof(sizes)).proof?.hashes ?? []);
  if (!(await isPrefix(before, newest, proof))) {
    return notWhole(
      `The log is not the one that this browser saw: its first ${before.size} records are ` +
        "not shown to be the same.",
      "restored",
    );
  }
  const { firstSeenAt, seenAt } = kept;
  keep(schoolId, { key, note: answer.checkpoint, firstSeenAt, seenAt: now });
  return { kind: "whole", before, newest, firstSeenAt, seenAt, key };
}
