import type { CaseSummary } from "@api/v1/case_pb.js";
import type { DueItem } from "@api/v1/due_pb.js";
import type { Typed } from "../form/field.js";

export interface InboxRow {
  summary: CaseSummary;
  // What waits in it, the most urgent first.
  due: DueItem[];
}

// The server tells what is for the police first, then the longest overdue: its order stays.
export function rowsOf(cases: readonly CaseSummary[], due: readonly DueItem[]): InboxRow[] {
  const urgency = new Map<string, number>();
  due.forEach((item, index) => {
    if (item.caseRef !== "" && !urgency.has(item.caseRef)) urgency.set(item.caseRef, index);
  });
  const rank = (row: InboxRow) => urgency.get(row.summary.caseRef) ?? due.length;
  // A case that changed while the pages were read comes once more, as it is then.
  const newest = new Map(cases.map((summary) => [summary.caseRef, summary]));
  return [...newest.values()]
    .map((summary) => ({ summary, due: due.filter((item) => item.caseRef === summary.caseRef) }))
    .sort((a, b) => rank(a) - rank(b));
}

function isMatch(row: InboxRow, filter: Typed): boolean {
  const { summary, due } = row;
  const words = (filter.words ?? "").trim().toLowerCase();
  const text = [summary.caseRef, summary.platform, ...summary.targetNames].join(" ").toLowerCase();
  const waiting = filter.waiting ?? "";
  return (
    (words === "" || text.includes(words)) &&
    (!filter.kind || filter.kind === String(summary.kind)) &&
    (!filter.stage || filter.stage === String(summary.stage)) &&
    (waiting !== "due" || due.length > 0) &&
    (waiting !== "overdue" || due.some((item) => item.overdue))
  );
}

export function filtered(rows: readonly InboxRow[], filter: Typed): InboxRow[] {
  return rows.filter((row) => isMatch(row, filter));
}

export function isFiltering(filter: Typed): boolean {
  return Object.entries(filter).some(([name, text]) => name !== "closed" && text !== "");
}

// What follows the number of cases, such as "; something is due in 5, overdue in 1."
export function waitsInWords(rows: readonly InboxRow[]): string {
  const due = rows.filter((row) => row.due.length > 0).length;
  const overdue = rows.filter((row) => row.due.some((item) => item.overdue)).length;
  if (due === 0) return rows.length === 0 ? "." : "; nothing is due.";
  const late = overdue === 0 ? "nothing is overdue" : `overdue in ${overdue}`;
  return `; something is due in ${due}, ${late}.`;
}
