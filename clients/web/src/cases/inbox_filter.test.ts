import { IncidentKind } from "@api/events/v1/values_pb.js";
import { CaseStage, CaseSummarySchema } from "@api/v1/case_pb.js";
import { DueItemSchema } from "@api/v1/due_pb.js";
import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { filtered, rowsOf, waitsInWords } from "./inbox_filter.js";

function summary(caseRef: string, kind: IncidentKind, targetNames: string[] = []) {
  return create(CaseSummarySchema, { caseRef, kind, stage: CaseStage.REPORTED, targetNames });
}

const cases = [
  summary("WB-0000-0001", IncidentKind.CYBER_BULLYING),
  summary("WB-0000-0002", IncidentKind.SELF_REPORT),
  summary("WB-0000-0003", IncidentKind.SELF_REPORT, ["Tom Reed"]),
];
const due = [
  create(DueItemSchema, { caseRef: "WB-0000-0003", overdue: true, what: "Hand it on" }),
  create(DueItemSchema, { caseRef: "WB-0000-0001", what: "Acknowledge it" }),
];
const rows = rowsOf(cases, due);
const refs = (some: typeof rows) => some.map((row) => row.summary.caseRef);

test("what is overdue longest stands first, and what waits for nothing last", () => {
  expect(refs(rows)).toEqual(["WB-0000-0003", "WB-0000-0001", "WB-0000-0002"]);
});

test("a case that changed while the list was read stands once, as it is then", () => {
  const later = summary("WB-0000-0001", IncidentKind.CYBER_BULLYING, ["Tom Reed"]);
  const once = rowsOf([...cases, later], due);
  expect(refs(once)).toEqual(["WB-0000-0003", "WB-0000-0001", "WB-0000-0002"]);
  expect(once[1]?.summary.targetNames).toEqual(["Tom Reed"]);
});

test.each([
  [{ waiting: "overdue" }, ["WB-0000-0003"]],
  [{ waiting: "due" }, ["WB-0000-0003", "WB-0000-0001"]],
  [{ words: "reed" }, ["WB-0000-0003"]],
  [{ words: "0000-0002" }, ["WB-0000-0002"]],
  [{ kind: String(IncidentKind.CYBER_BULLYING) }, ["WB-0000-0001"]],
  [{ stage: String(CaseStage.CLOSED) }, []],
  [{}, ["WB-0000-0003", "WB-0000-0001", "WB-0000-0002"]],
])("the filter %j shows %j", (filter, expected) => {
  expect(refs(filtered(rows, filter))).toEqual(expected);
});

test("how much is due and overdue is told in a sentence", () => {
  expect(waitsInWords(rows)).toBe("; something is due in 2, overdue in 1.");
  expect(waitsInWords(rowsOf(cases, due.slice(1)))).toBe(
    "; something is due in 1, nothing is overdue.",
  );
  expect(waitsInWords(rowsOf(cases, []))).toBe("; nothing is due.");
  expect(waitsInWords([])).toBe(".");
});
