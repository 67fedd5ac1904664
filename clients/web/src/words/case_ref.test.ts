import { expect, test } from "vitest";
import { caseRefOf } from "./case_ref.js";

test.each([
  ["WB-7K4D-9QX2", "WB-7K4D-9QX2"],
  ["7k4d 9qx2", "WB-7K4D-9QX2"],
  ["wb7k4d9qxo", "WB-7K4D-9QX0"],
  ["nonsense", "WB-N0NS-ENSE"],
  ["no", "no"],
])("%s is read as %s", (typed, ref) => {
  expect(caseRefOf(typed)).toBe(ref);
});
