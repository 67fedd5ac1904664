import { expect, test } from "vitest";
import {
  durationInWords,
  writtenEnd,
  writtenStart,
  writtenStoredTime,
  writtenTime,
} from "./written_time.js";

test.each([
  ["2026-05-14T19:40:00Z", "14 May 2026, 8:40 pm"],
  ["2026-01-14T12:05:00Z", "14 January 2026, 12:05 pm"],
  ["2026-01-14T00:05:00Z", "14 January 2026, 12:05 am"],
  // The clock shows these twice.
  ["2026-10-25T00:30:00Z", "25 October 2026, 1:30 am BST"],
  ["2026-10-25T01:30:00Z", "25 October 2026, 1:30 am GMT"],
])("%s is %s on the school's clock", (iso, written) => {
  expect(writtenTime(new Date(iso))).toBe(written);
});

test.each([
  ["2026-05-14T23:00:00Z", "the end of 14 May 2026"],
  ["2026-01-15T00:00:00Z", "the end of 14 January 2026"],
  ["2026-01-15T00:01:00Z", "15 January 2026, 12:01 am"],
])("a term until %s ends at %s", (iso, written) => {
  expect(writtenEnd(new Date(iso))).toBe(written);
});

test.each([
  ["2026-05-13T23:00:00Z", "14 May 2026"],
  ["2026-01-14T00:00:00Z", "14 January 2026"],
  ["2026-01-14T00:00:07Z", "14 January 2026, 12:00 am"],
  ["2026-05-14T07:30:00Z", "14 May 2026, 8:30 am"],
])("a term from %s begins on %s", (iso, written) => {
  expect(writtenStart(new Date(iso))).toBe(written);
});

test.each([
  ["00:05", "12:05 am"],
  ["12:00", "12:00 pm"],
  ["20:40", "8:40 pm"],
  ["soon", "soon"],
])("a stored %s is written %s", (stored, written) => {
  expect(writtenStoredTime(stored)).toBe(written);
});

test.each([
  [59_000, "less than a minute"],
  [60_000, "1 minute"],
  [119 * 60_000, "119 minutes"],
  [47 * 3_600_000, "47 hours"],
  [48 * 3_600_000, "2 days"],
])("%d ms are %s", (ms, words) => {
  expect(durationInWords(ms)).toBe(words);
});
