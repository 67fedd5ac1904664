import type { Timestamp } from "@bufbuild/protobuf/wkt";

// The clock of English schools, whatever the computer's is set to.
const ZONE = "Europe/London";

const DATE = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  day: "numeric",
  month: "long",
  year: "numeric",
});
const TIME = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  hour: "numeric",
  minute: "2-digit",
  hour12: true,
});
const ZONE_NAME = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, timeZoneName: "short" });

export function dateOf(time: Timestamp): Date {
  return new Date(Number(time.seconds) * 1000 + time.nanos / 1e6);
}

// The hour of a twelve-hour clock: "0:05 pm" is not what people write.
function timeOfDay(date: Date): string {
  const written = TIME.format(date).toLowerCase().replaceAll("\u202f", " ");
  return written.replace(/^0+:/, "12:");
}

function zoneName(date: Date): string {
  return ZONE_NAME.formatToParts(date).find((part) => part.type === "timeZoneName")?.value ?? "";
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

// Whether the clock shows this minute twice, in the night in which it goes back.
function isRepeated(date: Date): boolean {
  const shown = writtenDay(date) + timeOfDay(date);
  return [HOUR_MS, -HOUR_MS].some((step) => {
    const other = new Date(date.getTime() + step);
    return writtenDay(other) + timeOfDay(other) === shown;
  });
}

export function writtenDay(date: Date): string {
  return DATE.format(date);
}

// "14 May 2026, 8:40 pm".
export function writtenTime(time: Timestamp | Date | undefined): string {
  if (time === undefined) return "";
  const date = time instanceof Date ? time : dateOf(time);
  const zone = isRepeated(date) ? ` ${zoneName(date)}` : "";
  return `${writtenDay(date)}, ${timeOfDay(date)}${zone}`;
}

function isMidnight(date: Date): boolean {
  return date.getTime() % MINUTE_MS === 0 && timeOfDay(date) === "12:00 am";
}

// The beginning of a term: who says no time means the whole day.
export function writtenStart(time: Timestamp | Date | undefined): string {
  if (time === undefined) return "";
  const date = time instanceof Date ? time : dateOf(time);
  return isMidnight(date) ? writtenDay(date) : writtenTime(date);
}

// The end of a term: midnight is the end of the day before it.
export function writtenEnd(time: Timestamp | Date): string {
  const date = time instanceof Date ? time : dateOf(time);
  const before = new Date(date.getTime() - 1000);
  return isMidnight(date) ? `the end of ${writtenDay(before)}` : writtenTime(date);
}

// A stored "2026-05-14" as "14 May 2026"; what is no date is shown as it is.
export function writtenStoredDate(date: string): string {
  const parsed = new Date(`${date}T12:00:00Z`);
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(parsed.getTime());
  return isDate ? writtenDay(parsed) : date;
}

// A stored "20:40" as "8:40 pm".
export function writtenStoredTime(time: string): string {
  const match = /^(\d{2}):(\d{2})$/.exec(time);
  if (match === null) return time;
  const hour = Number(match[1]);
  return `${hour % 12 === 0 ? 12 : hour % 12}:${match[2]} ${hour < 12 ? "am" : "pm"}`;
}

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;

export function durationInWords(ms: number): string {
  if (ms < MINUTE_MS) return "less than a minute";
  if (ms < 2 * HOUR_MS) return counted(Math.floor(ms / MINUTE_MS), "minute");
  if (ms < 48 * HOUR_MS) return counted(Math.floor(ms / HOUR_MS), "hour");
  return counted(Math.floor(ms / HOUR_MS / 24), "day");
}
