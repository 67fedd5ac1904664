import type { DueItem } from "@api/v1/due_pb.js";
import { dateOf, durationInWords, writtenTime } from "../words/written_time.js";

// "Overdue for 2 days, since 14 May 2026, 2:30 pm."
export function whenDue(item: DueItem, now: Date): string {
  if (item.dueTime === undefined) return "";
  const due = dateOf(item.dueTime);
  const ms = now.getTime() - due.getTime();
  if (item.overdue) return `Overdue for ${durationInWords(ms)}, since ${writtenTime(due)}.`;
  return `Due in ${durationInWords(-ms)}, by ${writtenTime(due)}.`;
}

// What waits, and that it is overdue in a word as well as a colour.
export function DueWords({ item }: { item: DueItem }) {
  return (
    <>
      {item.overdue && (
        <>
          <strong class="govuk-tag govuk-tag--red">Overdue</strong>{" "}
        </>
      )}
      {item.what}
    </>
  );
}
