import { type LocalDateTime, LocalDateTimeSchema } from "@api/events/v1/values_pb.js";
import { create } from "@bufbuild/protobuf";
import { writtenStoredDate, writtenStoredTime } from "./written_time.js";

const ZONE = "Europe/London";
const MINUTE_MS = 60_000;

const PARTS = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
});

// What the school's clock shows at a moment, as if it were UTC.
function wallClock(ms: number): number {
  const part = Object.fromEntries(
    PARTS.formatToParts(new Date(ms)).map(({ type, value }) => [type, Number(value)]),
  ) as Record<"year" | "month" | "day" | "hour" | "minute", number>;
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute);
}

// Minutes that the school's clock is ahead of UTC; undefined for a time that the clock
// skips. Of a time that comes twice, the first.
export function offsetMinutes(date: string, time: string): number | undefined {
  const wall = Date.parse(`${date}T${time === "" ? "12:00" : time}:00Z`);
  for (const minutes of [60, 0]) {
    if (wallClock(wall - minutes * MINUTE_MS) === wall) return minutes;
  }
  return undefined;
}

// As people fill in the three boxes of a date; undefined for what is no day.
export function dayOf(day: string, month: string, year: string): string | undefined {
  const digits = [day, month, year].map((part) => part.trim());
  if (!/^\d{1,2}$/.test(digits[0] ?? "") || !/^\d{4}$/.test(digits[2] ?? "")) return undefined;
  const number = monthNumber(digits[1] ?? "");
  if (number === undefined) return undefined;
  const date = new Date(Date.UTC(Number(digits[2]), number - 1, Number(digits[0])));
  if (date.getUTCDate() !== Number(digits[0]) || date.getUTCMonth() !== number - 1) {
    return undefined;
  }
  return date.toISOString().slice(0, 10);
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

function monthNumber(text: string): number | undefined {
  if (/^\d{1,2}$/.test(text))
    return Number(text) >= 1 && Number(text) <= 12 ? Number(text) : undefined;
  const found = MONTHS.indexOf(text.slice(0, 3).toLowerCase());
  return found === -1 ? undefined : found + 1;
}

// The time of day as HH:MM. "9:30" alone is refused: it may be of the morning or of the
// evening.
export function timeOfDayOf(text: string): string | undefined {
  const time = text.toLowerCase().replaceAll(" ", "").replaceAll(".", ":");
  const match = /^(\d{1,2})(?::?(\d{2}))?(am|pm)?$/.exec(time);
  if (match === null) return undefined;
  const hour = Number(match[1]);
  const minute = Number(match[2] ?? "0");
  const half = match[3];
  if (minute > 59) return undefined;
  if (half === undefined) {
    if (match[2] === undefined || match[1]?.length !== 2 || hour > 23) return undefined;
    return `${match[1]}:${match[2]}`;
  }
  if (hour < 1 || hour > 12) return undefined;
  const of24 = (hour % 12) + (half === "pm" ? 12 : 0);
  return `${String(of24).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

export function localDateTime(date: string, time: string, approximate: boolean): LocalDateTime {
  const utcOffsetMinutes = offsetMinutes(date, time) ?? 0;
  return create(LocalDateTimeSchema, { date, time, utcOffsetMinutes, approximate });
}

// The school's clock at a moment, as the boxes of a form take it.
export function wallClockParts(at: Date): { date: string; time: string } {
  const iso = new Date(wallClock(at.getTime())).toISOString();
  return { date: iso.slice(0, 10), time: iso.slice(11, 16) };
}

export function writtenLocalDateTime(local: LocalDateTime | undefined): string {
  if (local === undefined) return "";
  const parts = [writtenStoredDate(local.date), writtenStoredTime(local.time)];
  const written = parts.filter((part) => part !== "").join(", ");
  return local.approximate ? `about ${written}` : written;
}
