import type { Session } from "@api/v1/access_service_pb.js";
import { durationMs } from "@bufbuild/protobuf/wkt";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { serverNow } from "../api/server_time.js";
import { lastUse } from "../api/use.js";
import { isKeptInTabOnly } from "../draft/drafts.js";
import { dateOf } from "../words/written_time.js";
import { isScreenHidden } from "./hidden_screen.js";
import { currentSession, findSession } from "./session.js";
import { onWake } from "./wake.js";

// WCAG 2.2.1 asks for 20 seconds; people finish a sentence and look up.
const WARNED_MS = 5 * 60_000;
const TICK_MS = 5_000;

export interface Ending {
  msLeft: number;
  // Whether going on is possible at all: twelve hours after signing in it is not.
  isFinal: boolean;
}

interface Clocks {
  // Since the server last answered a call of the session.
  unusedMs: number;
  // What the server's clock shows.
  serverMs: number;
}

export function endingOf(session: Session, { unusedMs, serverMs }: Clocks): Ending | undefined {
  const { idleTime, expireTime } = session;
  const idle = idleTime ? durationMs(idleTime) - unusedMs : Number.POSITIVE_INFINITY;
  const atLatest = expireTime ? dateOf(expireTime).getTime() - serverMs : Number.POSITIVE_INFINITY;
  const msLeft = Math.min(idle, atLatest);
  return msLeft > WARNED_MS ? undefined : { msLeft, isFinal: atLatest <= idle };
}

function minutesInWords(ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / 60_000));
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}

function explained({ msLeft, isFinal }: Ending): string {
  if (msLeft <= 0) {
    return "The time is over, and only Wardbook can say whether you are still signed in.";
  }
  return isFinal
    ? "You signed in twelve hours ago. You will be asked to sign in again and can then go on."
    : "Nothing was sent for a while.";
}

const whatIsKept = () =>
  isKeptInTabOnly.value
    ? "What you are typing is lost if you close this tab."
    : "What you are typing is kept whatever you choose.";

// Warns before a session ends, and asks whether it should go on. It closes when the server has
// said that the session goes on, or when the person closes it and knows that it may not. The
// server is asked while the screen is hidden as well, and nothing is shown over that.
export function SessionWarning() {
  const session = currentSession.value;
  const usedAt = lastUse.value;
  const [, setTurn] = useState(0);
  const [asking, setAsking] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  // Which of the two was closed: that the end comes, or that it may have come.
  const [closed, setClosed] = useState<"coming" | "over">();
  const dialog = useRef<HTMLDialogElement>(null);

  const ending =
    session &&
    endingOf(session, {
      unusedMs: performance.now() - usedAt,
      serverMs: serverNow() ?? Date.now(),
    });
  const isWarning = ending !== undefined;
  const isOver = ending !== undefined && ending.msLeft <= 0;
  const isOpen = isWarning && !isScreenHidden.value && closed !== (isOver ? "over" : "coming");

  async function ask() {
    if (asking) return;
    setAsking(true);
    setFailed((await findSession()) === "unreachable");
    setAsking(false);
  }

  // What nobody pressed for is not told when it fails.
  const isChecking = useRef(false);
  async function check() {
    if (isChecking.current) return;
    isChecking.current = true;
    await findSession();
    isChecking.current = false;
  }

  const latest = useRef(isOver);
  latest.current = isOver;

  useEffect(() => {
    const timer = setInterval(() => {
      setTurn((turn) => turn + 1);
      // Only the server knows that it is over; what it answers leads to the sign-in page.
      if (latest.current) void check();
    }, TICK_MS);
    return () => clearInterval(timer);
  }, []);

  useEffect(() => {
    if (session !== undefined) return onWake(() => void check());
  }, [session === undefined]);

  // Before a page that takes the place of another wants the focus: an open dialog holds it. It is
  // closed and not taken away, so that the focus goes back to where somebody was.
  useLayoutEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);

  useEffect(() => {
    setFailed(false);
    setClosed(undefined);
  }, [isWarning]);

  const close = () => setClosed(isOver ? "over" : "coming");
  const mayAsk = isOver || !ending?.isFinal;
  return (
    <dialog
      class="wb-dialog"
      ref={dialog}
      aria-labelledby="session-warning"
      // By the Escape key, and not because there is nothing to warn of.
      onClose={() => isOpen && close()}
    >
      {ending && (
        <>
          <h2 class="govuk-heading-m" id="session-warning">
            {isOver
              ? "You may be signed out already"
              : `You will be signed out in ${minutesInWords(ending.msLeft)}`}
          </h2>
          <p class="govuk-body">
            {explained(ending)} {whatIsKept()}
          </p>
          <div role="alert">
            {hasFailed && (
              <p class="govuk-error-message">
                Wardbook could not be reached. Check that this computer is online, then try again.
              </p>
            )}
          </div>
          <div class="govuk-button-group">
            {mayAsk && (
              <button
                type="button"
                class="govuk-button"
                aria-disabled={asking}
                onClick={() => void ask()}
              >
                {hasFailed || isOver ? "Try again" : "Stay signed in"}
              </button>
            )}
            {(!mayAsk || hasFailed || isOver) && (
              <button type="button" class="govuk-button govuk-button--secondary" onClick={close}>
                {mayAsk ? "Close this and go on typing" : "I understand"}
              </button>
            )}
          </div>
        </>
      )}
    </dialog>
  );
}
