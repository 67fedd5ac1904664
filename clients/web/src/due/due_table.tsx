import type { DueItem } from "@api/v1/due_pb.js";
import { TableHead } from "../page/table_head.js";
import { dateOf, durationInWords, writtenTime } from "../words/written_time.js";
import { addressOf } from "./due_address.js";
import { type DueGroup, dueGroups, whatAlone, whereDue } from "./due_groups.js";

function ByWhen({ item, now }: { item: DueItem; now: Date }) {
  if (item.dueTime === undefined) return null;
  const due = dateOf(item.dueTime);
  const ms = due.getTime() - now.getTime();
  return (
    <>
      {item.overdue ? (
        <strong class="govuk-tag govuk-tag--red">Overdue for {durationInWords(-ms)}</strong>
      ) : (
        `In ${durationInWords(ms)}`
      )}{" "}
      <span class="wb-aside">{writtenTime(due)}</span>
    </>
  );
}

function Row({ item, now }: { item: DueItem; now: Date }) {
  const address = addressOf(item);
  const where = whereDue(item);
  return (
    <tr class="govuk-table__row">
      <td class="govuk-table__cell">
        {address === undefined ? (
          whatAlone(item)
        ) : (
          <a class="govuk-link" href={address}>
            {whatAlone(item)}
            {where !== "" && <span class="govuk-visually-hidden"> {where}</span>}
          </a>
        )}{" "}
        {/* What is late needs no click to be told what to do. */}
        {(item.overdue || address === undefined) && <span class="wb-aside">{item.nextStep}</span>}
      </td>
      <td class="govuk-table__cell">
        {where !== "" && <span class="wb-ref">{where}</span>}{" "}
        {item.clause !== "" && <span class="wb-aside">Clause {item.clause}</span>}
      </td>
      <td class="govuk-table__cell">
        <ByWhen item={item} now={now} />
      </td>
    </tr>
  );
}

function Group({ group, now }: { group: DueGroup; now: Date }) {
  return (
    <tbody class="govuk-table__body">
      <tr class="govuk-table__row">
        <th scope="rowgroup" colSpan={3} class="govuk-table__header wb-due__group">
          {group.heading} ({group.items.length})
        </th>
      </tr>
      {group.items.map((item, index) => (
        <Row
          key={`${item.kind}${item.caseRef}${item.entryId}${item.policyId}${index}`}
          item={item}
          now={now}
        />
      ))}
    </tbody>
  );
}

// All that is due in one short list.
export function DueTable({ items, now }: { items: readonly DueItem[]; now: Date }) {
  return (
    <table class="govuk-table wb-stacked wb-due">
      <caption class="govuk-table__caption govuk-visually-hidden">What waits for you</caption>
      <TableHead columns={["What waits", "Where", "By when"]} />
      {dueGroups(items).map((group) => (
        <Group key={group.heading} group={group} now={now} />
      ))}
    </table>
  );
}
