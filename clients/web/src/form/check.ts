import { dayOf, offsetMinutes, timeOfDayOf } from "../words/local_date_time.js";
import { type Field, isAsked, type Typed } from "./field.js";

export interface FieldError {
  name: string;
  message: string;
}

const TEXT_MAX = 20_000;
const LINE_MAX = 2_000;

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

const counted = (text: string) => [...text].length;

export function charactersInWords(count: number): string {
  return `${count.toLocaleString("en-GB")} character${count === 1 ? "" : "s"}`;
}

// Errors stand in a list away from their fields as well: each says which it means.
const quoted = (field: Field) => `“${field.label}”`;

// "Which child?" reads on after a verb; "When was it held?" does not.
const READS_ON = /^(\w+ )?(which|whose|who)\b/i;

function missingInWords(label: string, verb: string): string {
  if (label.endsWith("?") && !READS_ON.test(label)) return `Answer “${label}”`;
  return `${verb} ${lower(label.replace(/\?$/, ""))}`;
}

function missing(field: Field, verb: string): FieldError {
  return { name: field.name, message: field.missing ?? missingInWords(field.label, verb) };
}

function tooLong(field: Field, text: string, max: number): FieldError | undefined {
  if (counted(text) <= max) return undefined;
  return {
    name: field.name,
    message: `${quoted(field)} is ${charactersInWords(counted(text) - max)} too long`,
  };
}

function whenError(field: Field & { kind: "when" }, typed: Typed): FieldError | undefined {
  const [day, month, year, time] = ["day", "month", "year", "time"].map((part) =>
    (typed[`${field.name}.${part}`] ?? "").trim(),
  ) as [string, string, string, string];
  if (day + month + year + time === "") {
    if (field.optional) return undefined;
    return missing(field, "Enter");
  }
  const date = dayOf(day, month, year);
  if (date === undefined) {
    return {
      name: field.name,
      message: `${quoted(field)} must be a real date with day, month and year, such as 14 5 2026`,
    };
  }
  if (field.dateOnly) return undefined;
  if (time === "") {
    if (field.timeOptional) return undefined;
    return {
      name: `${field.name}.time`,
      message: `${quoted(field)} needs a time of day, such as 20:40 or 8:40pm`,
    };
  }
  const timeOfDay = timeOfDayOf(time);
  if (timeOfDay === undefined) {
    return {
      name: `${field.name}.time`,
      message: `${quoted(field)} needs a time such as 20:40 or 8:40pm, with morning or evening`,
    };
  }
  if (offsetMinutes(date, timeOfDay) === undefined) {
    return {
      name: `${field.name}.time`,
      message: `${quoted(field)}: there was no such time that night, as the clocks went forward`,
    };
  }
  return undefined;
}

function wrong(field: Field, message: string | undefined): FieldError | undefined {
  return message === undefined ? undefined : { name: field.name, message };
}

function errorOf(field: Field, typed: Typed): FieldError | undefined {
  const text = (typed[field.name] ?? "").trim();
  switch (field.kind) {
    case "when":
      return whenError(field, typed);
    case "line":
      if (text === "") return field.optional ? undefined : missing(field, "Enter");
      return wrong(field, field.check?.(text)) ?? tooLong(field, text, field.max ?? LINE_MAX);
    case "text":
      if (text === "" && !field.optional) return missing(field, "Enter");
      return tooLong(field, text, field.max ?? TEXT_MAX);
    case "choice":
    case "select":
    case "choices":
    case "several":
    case "digest":
      return text === "" && !field.optional ? missing(field, "Choose") : undefined;
    case "tick":
      return text === "" && !field.optional ? missing(field, "Tick") : undefined;
  }
}

// What can be seen to be wrong without asking the server, which decides.
export function errorsOf(fields: readonly Field[], typed: Typed): FieldError[] {
  return fields
    .filter((field) => isAsked(field, typed))
    .map((field) => errorOf(field, typed))
    .filter((error) => error !== undefined);
}
