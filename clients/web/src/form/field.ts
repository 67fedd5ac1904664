import type { Option } from "../words/event_words.js";

// What is typed: every field as text, so that it can be kept as it is. A date has the parts
// NAME.day, NAME.month, NAME.year, NAME.time and NAME.approximate; what can be chosen several
// times is parted by commas.
export type Typed = Readonly<Record<string, string>>;

interface Asked {
  // The name of the request's field, by which a refusal names it.
  name: string;
  label: string;
  hint?: string;
  // Optional fields say so in their label; the server is asked whether they are right.
  optional?: boolean;
  // What is said when it is left out; "Enter" and the label if not set.
  missing?: string;
  // Asked only where this holds of what was typed before.
  when?: (typed: Typed) => boolean;
}

export type Field =
  | (Asked & {
      kind: "line";
      // What is wrong with what was typed, if it can be seen.
      check?: (text: string) => string | undefined;
      max?: number;
      width?: number;
      autocomplete?: string;
      list?: Option[];
    })
  | (Asked & { kind: "text"; max?: number; rows?: number })
  | (Asked & { kind: "choice"; options: Option[] })
  | (Asked & { kind: "select"; options: Option[] })
  | (Asked & { kind: "choices"; options: Option[] })
  // For choosing some of many: one after the other, from a list.
  | (Asked & { kind: "several"; options: Option[] })
  // A file that stays with the person: its SHA-256 is what is sent.
  | (Asked & { kind: "digest" })
  | (Asked & { kind: "tick" })
  | (Asked & { kind: "when"; timeOptional?: boolean; guess?: boolean; dateOnly?: boolean });

export function isAsked(field: Field, typed: Typed): boolean {
  return field.when === undefined || field.when(typed);
}

// Also the id of the element, to which the error summary leads.
export function idOf(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/g, "-");
}
