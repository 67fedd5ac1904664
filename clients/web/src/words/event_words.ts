import type { DescEnum, DescField } from "@bufbuild/protobuf";
import { ENUM_PHRASES } from "./enum_phrases.js";
import { EVENT_TITLES } from "./event_titles.js";
import { FIELD_LABELS } from "./field_labels.js";

const PACKAGE = "wardbook.events.v1.";

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// "WHAT_HAPPENED" as "what happened".
function wordsOf(snakeCase: string): string {
  return snakeCase.toLowerCase().replaceAll("_", " ");
}

// "NoteAdded" as "Note added".
export function eventTitle(typeName: string): string {
  const name = typeName.slice(typeName.lastIndexOf(".") + 1);
  return (
    EVENT_TITLES[name] ?? name.replace(/(?<!^)[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`)
  );
}

export function fieldLabel(field: DescField): string {
  const name = `${field.parent.typeName}.${field.name}`.replace(PACKAGE, "");
  return FIELD_LABELS[name] ?? capitalised(wordsOf(field.name.replace(/_id$/, "")));
}

// "CaseStage" as "CASE_STAGE_", with which all its enumerators begin.
function prefixOf(type: DescEnum): string {
  return `${type.name.replace(/(?<!^)[A-Z]/g, (capital) => `_${capital}`).toUpperCase()}_`;
}

// An enumerator as it stands in the middle of a sentence, such as "screen print".
export function phrase(type: DescEnum, number: number): string {
  const value = type.value[number];
  if (value === undefined) return `a value that this version does not know: ${number}`;
  const prefix = prefixOf(type);
  const name = value.name.startsWith(prefix) ? value.name.slice(prefix.length) : value.name;
  return ENUM_PHRASES[value.name] ?? wordsOf(name);
}

export interface Option {
  value: string;
  text: string;
  hint?: string;
}

// All that can be chosen of an enumeration, in its order.
export function optionsOf(type: DescEnum, hints: Record<number, string> = {}): Option[] {
  return type.values
    .filter((value) => value.number !== 0)
    .map((value) => ({
      value: String(value.number),
      text: capitalised(phrase(type, value.number)),
      ...(hints[value.number] === undefined ? {} : { hint: hints[value.number] as string }),
    }));
}
