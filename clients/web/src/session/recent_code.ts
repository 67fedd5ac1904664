import type { Session } from "@api/v1/access_service_pb.js";
import { dateOf, writtenTime } from "../words/written_time.js";

// Long enough for whoever is away for a holiday.
const SHOWN_MS = 30 * 24 * 3_600_000;

// What the person is told on their first page of a code that somebody had issued for their
// account: whoever has it could have set the password. Nothing where it is long ago, or
// came with the school's set-up.
export function recentCode(session: Session, now: Date): string | undefined {
  const { accountIssuedTime, accountIssuedBy } = session;
  if (accountIssuedTime === undefined || accountIssuedBy === "") return undefined;
  if (now.getTime() - dateOf(accountIssuedTime).getTime() > SHOWN_MS) return undefined;
  return (
    `A code for your account was given on ${writtenTime(accountIssuedTime)}, at the wish of ` +
    `${accountIssuedBy}. Whoever has it can set the password. If this surprises you, tell the ` +
    "Chair of Governors."
  );
}
