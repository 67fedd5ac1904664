import type { DueItem } from "@api/v1/due_pb.js";
import { RegisterSchema } from "@api/v1/register_pb.js";
import { capitalised, phrase } from "../words/event_words.js";

export interface DueGroup {
  heading: string;
  items: DueItem[];
}

function placeOf(item: DueItem): string {
  if (item.overdue) return "Overdue";
  if (item.caseRef !== "") return "In cases";
  return item.entryId !== "" ? "In the registers" : "For yourself and the school";
}

// What is overdue first, then the rest by where it is. Within a group the order is the
// server's: what is for the police, then what has waited longest.
export function dueGroups(items: readonly DueItem[]): DueGroup[] {
  return ["Overdue", "In cases", "In the registers", "For yourself and the school"]
    .map((heading) => ({ heading, items: items.filter((item) => placeOf(item) === heading) }))
    .filter((group) => group.items.length > 0);
}

// What waits, without the reference, which stands beside it.
export function whatAlone(item: DueItem): string {
  const said = `Case ${item.caseRef}: `;
  if (item.caseRef === "" || !item.what.startsWith(said)) return item.what;
  return capitalised(item.what.slice(said.length));
}

export function whereDue(item: DueItem): string {
  if (item.caseRef !== "") return item.caseRef;
  return item.entryId === "" ? "" : capitalised(phrase(RegisterSchema, item.register));
}
