import { type Conflict, type Refusal, RefusalSchema } from "@api/v1/error_pb.js";
import { Code, ConnectError } from "@connectrpc/connect";

// Why something did not happen, and what the person can do about it.
export interface Failure {
  kind: "refused" | "session-ended" | "unreachable" | "broken";
  // A stable code such as "R-ADVICE-FIRST"; empty where no rule said no.
  code: string;
  clauses: readonly string[];
  message: string;
  nextStep: string;
  // The field of the request that is wrong, such as "sighting.date"; else empty.
  field: string;
  // Set when somebody else changed the case first.
  conflict?: Conflict;
}

export const UNREACHABLE: Failure = {
  kind: "unreachable",
  code: "",
  clauses: [],
  message: "Wardbook cannot be reached.",
  nextStep:
    "Check that this computer is online, then try again. What you typed is kept, and what was " +
    "recorded after all is not recorded twice.",
  field: "",
};

const BROKEN: Failure = {
  kind: "broken",
  code: "",
  clauses: [],
  message: "Something went wrong that should not have.",
  nextStep: "What you typed is kept on this page. Try again in a few minutes.",
  field: "",
};

const SESSION_ENDED: Failure = {
  kind: "session-ended",
  code: "R-NOT-SIGNED-IN",
  clauses: [],
  message: "Your session has ended.",
  nextStep: "Sign in again. What you typed is kept.",
  field: "",
};

export function refusalOf(error: unknown): Refusal | undefined {
  return error instanceof ConnectError ? error.findDetails(RefusalSchema)[0] : undefined;
}

export function isSessionEnd(error: unknown): boolean {
  if (!(error instanceof ConnectError) || error.code !== Code.Unauthenticated) return false;
  // A wrong password and a wrong code are UNAUTHENTICATED as well, and say so.
  // A filter between says 401 as well, and knows nothing of the session.
  return refusalOf(error)?.code === "R-NOT-SIGNED-IN";
}

export function failureOf(error: unknown): Failure {
  if (isSessionEnd(error)) return SESSION_ENDED;
  const refusal = refusalOf(error);
  if (refusal !== undefined) {
    const { code, clauses, message, nextStep, field, conflict } = refusal;
    return {
      kind: "refused",
      code,
      clauses,
      message,
      nextStep,
      field,
      ...(conflict === undefined ? {} : { conflict }),
    };
  }
  if (!(error instanceof ConnectError)) return BROKEN;
  switch (error.code) {
    case Code.Unavailable:
    case Code.DeadlineExceeded:
    // A request that never left the computer.
    case Code.Unknown:
    // A page of a school's filter instead of an answer: the server itself says what is wrong.
    case Code.InvalidArgument:
    case Code.Unauthenticated:
      return UNREACHABLE;
    default:
      return BROKEN;
  }
}
