import { DueItemSchema } from "@api/v1/due_pb.js";
import { Register } from "@api/v1/register_pb.js";
import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { dueGroups, whatAlone, whereDue } from "./due_groups.js";

const inCase = create(DueItemSchema, {
  caseRef: "WB-7K4D-9QX2",
  what: "Case WB-7K4D-9QX2: the referral has no outcome yet.",
});
const late = create(DueItemSchema, { ...inCase, overdue: true });
const inRegister = create(DueItemSchema, {
  entryId: "a1",
  register: Register.PHONES,
  what: "A child's phone is still in the main office.",
});
const own = create(DueItemSchema, {
  policyId: "b2",
  what: "You have not acknowledged the policy.",
});

test("what is overdue stands first, wherever it is, and no group is empty", () => {
  expect(dueGroups([late, inRegister, inCase, own])).toEqual([
    { heading: "Overdue", items: [late] },
    { heading: "In cases", items: [inCase] },
    { heading: "In the registers", items: [inRegister] },
    { heading: "For yourself and the school", items: [own] },
  ]);
  expect(dueGroups([own]).map((group) => group.heading)).toEqual(["For yourself and the school"]);
  expect(dueGroups([])).toEqual([]);
});

test("the reference is said once", () => {
  expect(whatAlone(inCase)).toBe("The referral has no outcome yet.");
  expect(whereDue(inCase)).toBe("WB-7K4D-9QX2");
  expect(whatAlone(own)).toBe(own.what);
  expect(whereDue(own)).toBe("");
  expect(whereDue(inRegister)).not.toBe("");
});
