import type { Session } from "@api/v1/access_service_pb.js";
import { durationMs } from "@bufbuild/protobuf/wkt";
import { useEffect, useRef, useState } from "preact/hooks";
import { lastUse } from "../api/use.js";
import { dateOf } from "../words/written_time.js";
import { currentSession, findSession } from "./session.js";

// WCAG 2.2.1 asks for 20 seconds; people finish a sentence and look up.
const WARNED_MS = 5 * 60_000;
const TICK_MS = 5_000;

export interface Ending {
  msLeft: number;
  // Whether going on is possible at all: twelve hours after signing in it is not.
  isFinal: boolean;
}

export function endingOf(now: number, usedAt: number, session: Session): Ending | undefined {
  const { idleTime, expireTime } = session;
  const idle = idleTime ? usedAt + durationMs(idleTime) - now : Number.POSITIVE_INFINITY;
  const atLatest = expireTime ? dateOf(expireTime).getTime() - now : Number.POSITIVE_INFINITY;
  const msLeft = Math.min(idle, atLatest);
  return msLeft > WARNED_MS ? undefined : { msLeft, isFinal: atLatest <= idle };
}

function minutesInWords(ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / 60_000));
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}

// Warns before a session ends, and asks whether it should go on.
export function SessionWarning() {
  const session = currentSession.value;
  const usedAt = lastUse.value;
  const [now, setNow] = useState(Date.now());
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);

  const ending = session === undefined ? undefined : endingOf(now, usedAt, session);
  const isWarning = ending !== undefined;
  const isOver = ending !== undefined && ending.msLeft <= 0;

  useEffect(() => {
    if (isWarning) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isWarning]);

  // Only the server knows that it is over; what it answers leads to the sign-in page.
  useEffect(() => {
    if (isOver) void findSession();
  }, [isOver]);

  if (ending === undefined) return null;
  return (
    <dialog class="wb-dialog" ref={dialog} aria-labelledby="session-warning">
      <h2 class="govuk-heading-m" id="session-warning">
        You will be signed out in {minutesInWords(ending.msLeft)}
      </h2>
      {ending.isFinal ? (
        <p class="govuk-body">
          You signed in twelve hours ago. What you are typing is kept: you will be asked to sign in
          again and can then go on.
        </p>
      ) : (
        <p class="govuk-body">
          Nothing was sent for a while. What you are typing is kept whatever you choose.
        </p>
      )}
      <button
        type="button"
        class="govuk-button"
        onClick={() => {
          dialog.current?.close();
          if (!ending.isFinal) void findSession();
        }}
      >
        {ending.isFinal ? "I understand" : "Stay signed in"}
      </button>
    </dialog>
  );
}
