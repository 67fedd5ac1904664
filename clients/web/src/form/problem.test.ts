import { expect, test } from "vitest";
import { fieldNamed } from "./problem.js";

const FIELDS = [{ name: "sighting" }, { name: "sighting.place" }, { name: "parties" }];

test.each([
  ["sighting.place.platform", "sighting.place"],
  ["sighting.date", "sighting"],
  ["sighting.time", "sighting.time"],
  ["parties[2].name", "parties"],
  ["request_id", undefined],
  ["", undefined],
])("a refusal of %s is shown beside %s", (named, field) => {
  expect(fieldNamed(FIELDS, named)).toBe(field);
});
