import { CaseFileSchema } from "@api/v1/case_pb.js";
import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { REMEDIES } from "../remaining_steps.js";
import { ACTIONS } from "./actions.js";

test("each action has an address of its own", () => {
  const ids = ACTIONS.map((action) => action.id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("what a case lacks leads to an action that there is", () => {
  const ids = new Set(ACTIONS.map((action) => action.id));
  for (const action of Object.values(REMEDIES)) expect(ids).toContain(action);
});

test("no two fields of an action have one name", () => {
  for (const { id, fields } of ACTIONS) {
    const asked = typeof fields === "function" ? fields(create(CaseFileSchema), {}) : fields;
    const names = asked.map((field) => field.name);
    expect([id, new Set(names).size]).toEqual([id, names.length]);
  }
});
