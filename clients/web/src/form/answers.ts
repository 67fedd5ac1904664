import type { LocalDateTime } from "@api/events/v1/values_pb.js";
import { type Timestamp, timestampFromMs } from "@bufbuild/protobuf/wkt";
import { dayOf, localDateTime, offsetMinutes, timeOfDayOf } from "../words/local_date_time.js";
import type { Typed } from "./field.js";

function momentOf(date: string, time: string): Timestamp {
  const offset = offsetMinutes(date, time) ?? 0;
  return timestampFromMs(Date.parse(`${date}T${time}:00Z`) - offset * 60_000);
}

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) + 24 * 3_600_000).toISOString().slice(0, 10);
}

// What was typed, as requests want it.
export class Answers {
  readonly #typed: Typed;

  constructor(typed: Typed) {
    this.#typed = typed;
  }

  text(name: string): string {
    return (this.#typed[name] ?? "").trim();
  }

  // An enumerator; the unset one where nothing was chosen.
  choice<E extends number>(name: string): E {
    return Number(this.text(name)) as E;
  }

  choices<E extends number>(name: string): E[] {
    return this.several(name).map((part) => Number(part) as E);
  }

  // What was chosen of many, as it is called in the request.
  several(name: string): string[] {
    return this.text(name)
      .split(",")
      .filter((part) => part !== "");
  }

  isYes(name: string): boolean {
    return this.text(name) === "yes";
  }

  // The number of an entry; 0 where none was chosen.
  revision(name: string): bigint {
    return BigInt(this.text(name) || 0);
  }

  date(name: string): string {
    return (
      dayOf(this.text(`${name}.day`), this.text(`${name}.month`), this.text(`${name}.year`)) ?? ""
    );
  }

  time(name: string): string {
    return timeOfDayOf(this.text(`${name}.time`)) ?? "";
  }

  // Nothing where no date was given.
  when(name: string): LocalDateTime | undefined {
    const date = this.date(name);
    if (date === "") return undefined;
    return localDateTime(date, this.time(name), this.isYes(`${name}.approximate`));
  }

  // A moment of the school's clock; the beginning of the day where no time was given.
  moment(name: string): Timestamp | undefined {
    const date = this.date(name);
    return date === "" ? undefined : momentOf(date, this.time(name) || "00:00");
  }

  // The end of a term: of the whole day where no time was given.
  end(name: string): Timestamp | undefined {
    const date = this.date(name);
    if (date === "") return undefined;
    const time = this.time(name);
    return time === "" ? momentOf(dayAfter(date), "00:00") : momentOf(date, time);
  }
}
