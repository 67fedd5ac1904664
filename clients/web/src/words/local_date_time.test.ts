import { expect, test } from "vitest";
import {
  dayOf,
  localDateTime,
  offsetMinutes,
  timeOfDayOf,
  wallClockParts,
  writtenLocalDateTime,
} from "./local_date_time.js";

test.each([
  [["14", "5", "2026"], "2026-05-14"],
  [["1", "May", "2026"], "2026-05-01"],
  [["31", "2", "2026"], undefined],
  [["1", "5", "26"], undefined],
  [["", "5", "2026"], undefined],
  [["1", "13", "2026"], undefined],
])("the boxes %j are the day %s", ([day, month, year], expected) => {
  expect(dayOf(day as string, month as string, year as string)).toBe(expected);
});

test.each([
  ["20:40", "20:40"],
  ["8:40pm", "20:40"],
  ["8.40 pm", "20:40"],
  ["12am", "00:00"],
  ["12:05pm", "12:05"],
  // Of the morning or of the evening?
  ["8:40", undefined],
  ["24:00", undefined],
  ["13pm", undefined],
  ["noon", undefined],
])("%s is the time %s", (text, expected) => {
  expect(timeOfDayOf(text)).toBe(expected);
});

test("the clock is ahead of UTC in summer, and skips an hour in March", () => {
  expect(offsetMinutes("2026-05-14", "20:40")).toBe(60);
  expect(offsetMinutes("2026-01-14", "20:40")).toBe(0);
  expect(offsetMinutes("2026-03-29", "01:30")).toBeUndefined();
});

test("of an hour that comes twice in October it is the first", () => {
  expect(offsetMinutes("2026-10-25", "01:30")).toBe(60);
});

test("the school's clock counts, not that of the computer", () => {
  expect(wallClockParts(new Date("2026-05-14T19:40:00Z"))).toEqual({
    date: "2026-05-14",
    time: "20:40",
  });
});

test("a date and time are written out", () => {
  expect(writtenLocalDateTime(localDateTime("2026-05-14", "20:40", true))).toBe(
    "about 14 May 2026, 8:40 pm",
  );
  expect(writtenLocalDateTime(localDateTime("2026-05-14", "", false))).toBe("14 May 2026");
});
