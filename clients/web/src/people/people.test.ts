import { PersonSchema } from "@api/v1/people_service_pb.js";
import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { isGone, leavingInWords, nameInList } from "./people.js";

const person = (name: string, jobTitle = "", leftAt?: string) =>
  create(PersonSchema, {
    personId: "a1b2c3".padEnd(32, "0"),
    name,
    jobTitle,
    ...(leftAt === undefined ? {} : { leftTime: timestampFromMs(Date.parse(leftAt)) }),
  });

test("two people of one name are told apart by their job, or else by their id", () => {
  const one = person("Sam Holt", "Headteacher");
  const other = person("Sam Holt");
  expect(nameInList(one, [one])).toBe("Sam Holt");
  expect(nameInList(one, [one, other])).toBe("Sam Holt (Headteacher)");
  expect(nameInList(other, [one, other])).toBe("Sam Holt (a1b2c3)");
});

test.each([
  [undefined, "", false],
  ["2026-05-14T11:00:00Z", "Left on 14 May 2026", true],
  ["2026-07-20T11:00:00Z", "Leaves on 20 July 2026", false],
])("who is gone from %s: %j", (leftAt, words, gone) => {
  const now = new Date("2026-06-01T12:00:00Z");
  const someone = person("Sam Holt", "", leftAt);
  expect(leavingInWords(someone, now)).toBe(words);
  expect(isGone(someone, now)).toBe(gone);
});
