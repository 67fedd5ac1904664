import type { DueItem } from "@api/v1/due_pb.js";
import { whatAlone } from "./due_groups.js";

// What waits, and that it is overdue in a word as well as a colour.
export function DueWords({ item }: { item: DueItem }) {
  return (
    <>
      {item.overdue && (
        <>
          <strong class="govuk-tag govuk-tag--red">Overdue</strong>{" "}
        </>
      )}
      {whatAlone(item)}
    </>
  );
}
