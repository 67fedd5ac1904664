import { ConnectError, type Interceptor } from "@connectrpc/connect";
import { refusalOf } from "./refusal.js";

// A date of HTTP is the second that has begun.
const SECOND_MS = 1_000;

let told: { ms: number; askedAt: number } | undefined;

// What the server's clock shows, by its last answer and a clock that nobody sets; nothing
// before the first answer. It is ahead by a second and the time that the answer took; behind only
// where that clock stood still while the computer slept, until the next answer. The clock of the
// computer may be set to any year.
export function serverNow(): number | undefined {
  return told === undefined ? undefined : told.ms + (performance.now() - told.askedAt);
}

function note(header: Headers, askedAt: number): void {
  const ms = Date.parse(header.get("date") ?? "");
  if (!Number.isNaN(ms)) told = { ms: ms + SECOND_MS, askedAt };
}

export const noteServerTime: Interceptor = (next) => async (request) => {
  const askedAt = performance.now();
  try {
    const response = await next(request);
    note(response.header, askedAt);
    return response;
  } catch (error) {
    // A page of a school's filter has a clock of its own: only the server refuses with a reason.
    if (error instanceof ConnectError && refusalOf(error)) note(error.metadata, askedAt);
    throw error;
  }
};
