import { expect, test } from "vitest";
import { errorsOf } from "./check.js";
import type { Field } from "./field.js";

const WHEN: Field = { kind: "when", name: "happened_at", label: "When did it happen?" };

test("what is left out is named by its label", () => {
  const field: Field = { kind: "text", name: "text", label: "The note" };
  expect(errorsOf([field], {})).toEqual([{ name: "text", message: "Enter the note" }]);
});

test.each([
  ["Which child?", "Choose which child"],
  ["With which parent?", "Choose with which parent"],
  ["When was it held?", "Answer “When was it held?”"],
  ["What do they say?", "Answer “What do they say?”"],
])("%s is missed in words that can be read", (label, message) => {
  const field: Field = { kind: "select", name: "one", label, options: [] };
  expect(errorsOf([field], {})[0]?.message).toBe(message);
});

test("what is not asked is not missed", () => {
  const field: Field = {
    kind: "text",
    name: "reasons",
    label: "Why not",
    when: (typed) => typed.followed === "no",
  };
  expect(errorsOf([field], { followed: "yes" })).toEqual([]);
  expect(errorsOf([field], { followed: "no" })).toHaveLength(1);
});

test(
  "a text of characters beyond the Basic Multilingual Plane is measured " + "as the server does",
  () => {
    const field: Field = { kind: "line", name: "name", label: "Name", max: 3 };
    expect(errorsOf([field], { name: "😀😀😀" })).toEqual([]);
    expect(errorsOf([field], { name: "😀😀😀😀" })[0]?.message).toBe(
      "“Name” is 1 character too long",
    );
  },
);

test.each([
  [{}, "happened_at"],
  [{ day: "31", month: "2", year: "2026", time: "20:40" }, "happened_at"],
  [{ day: "14", month: "5", year: "2026" }, "happened_at.time"],
  [{ day: "14", month: "5", year: "2026", time: "8:40" }, "happened_at.time"],
  [{ day: "29", month: "3", year: "2026", time: "01:30" }, "happened_at.time"],
])("the date %j is wrong in %s", (boxes, name) => {
  const typed = Object.fromEntries(
    Object.entries(boxes).map(([box, text]) => [`happened_at.${box}`, text]),
  );
  expect(errorsOf([WHEN], typed).map((error) => error.name)).toEqual([name]);
});
