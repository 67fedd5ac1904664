import type { LocalDateTime } from "@api/events/v1/values_pb.js";
import { type Timestamp, timestampFromMs } from "@bufbuild/protobuf/wkt";
import { dayOf, localDateTime, offsetMinutes, timeOfDayOf } from "../words/local_date_time.js";
import type { Typed } from "./field.js";

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
    return this.text(name)
      .split(",")
      .filter((part) => part !== "")
      .map((part) => Number(part) as E);
  }

  isYes(name: string): boolean {
    return this.text(name) === "yes";
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
    if (date === "") return undefined;
    const time = this.time(name) || "00:00";
    const offset = offsetMinutes(date, time) ?? 0;
    return timestampFromMs(Date.parse(`${date}T${time}:00Z`) - offset * 60_000);
  }
}
