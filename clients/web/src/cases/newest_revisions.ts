import type { CaseFile } from "@api/v1/case_pb.js";
import { signal } from "@preact/signals";
import { sessionState } from "../session/session.js";
import { lastChange } from "./watch_cases.js";

// Of each case that was changed since this tab is open: the newest revision that was told.
const newest = signal<ReadonlyMap<string, bigint>>(new Map());

lastChange.subscribe((change) => {
  if (change === undefined) return;
  const revision = BigInt(change.revision);
  const known = newest.peek();
  if (revision > (known.get(change.caseRef) ?? 0n)) {
    newest.value = new Map(known).set(change.caseRef, revision);
  }
});

sessionState.subscribe((state) => {
  if (state.kind !== "in") newest.value = new Map();
});

// Whether something was recorded in the case after it was read.
export function isOutdated({ summary }: CaseFile): boolean {
  return (newest.value.get(summary?.caseRef ?? "") ?? 0n) > (summary?.revision ?? 0n);
}
