import { file_wardbook_events_v1_case_event } from "@api/events/v1/case_event_pb.js";
import { file_wardbook_events_v1_investigation_event } from "@api/events/v1/investigation_event_pb.js";
import { file_wardbook_events_v1_referral_event } from "@api/events/v1/referral_event_pb.js";
import { file_wardbook_events_v1_response_event } from "@api/events/v1/response_event_pb.js";
import {
  CapacitySchema,
  file_wardbook_events_v1_values,
  type LocalDateTime,
  type Party,
  PersonCategory,
  PersonCategorySchema,
} from "@api/events/v1/values_pb.js";
import type { DescField, Message } from "@bufbuild/protobuf";
import { createRegistry, type Registry } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { capitalised, fieldLabel, phrase } from "../words/event_words.js";
import { hexOf } from "../words/hex.js";
import { writtenLocalDateTime } from "../words/local_date_time.js";
import { sizeInWords } from "../words/size_in_words.js";
import {
  writtenEnd,
  writtenStart,
  writtenStoredDate,
  writtenStoredTime,
  writtenTime,
} from "../words/written_time.js";
import { NOT_SHOWN } from "./not_shown.js";

export const EVENT_TYPES: Registry = createRegistry(
  file_wardbook_events_v1_case_event,
  file_wardbook_events_v1_investigation_event,
  file_wardbook_events_v1_referral_event,
  file_wardbook_events_v1_response_event,
  file_wardbook_events_v1_values,
);

// A no that is worth a line: protobuf does not store it.
const SHOWN_ALSO_WHEN_FALSE = "wardbook.events.v1.CaseClosed.wishes_followed";

export interface Line {
  label: string;
  text: string;
}

// Names of people and files by their ids, 32 hexadecimal digits.
export type Names = ReadonlyMap<string, string>;

function partyText(party: Party, names: Names): string {
  const name = party.name === "" ? (names.get(hexOf(party.personId)) ?? "") : party.name;
  const parts = [name];
  if (party.category !== PersonCategory.UNSPECIFIED) {
    parts.push(phrase(PersonCategorySchema, party.category));
  }
  if (party.account !== "") parts.push(`as ${party.account}`);
  const inRegister = party.personId.length > 0 ? " (in the school’s register)" : "";
  return parts.join(", ") + inRegister;
}

function stringText(field: DescField, text: string): string {
  switch (`${field.parent.typeName}.${field.name}`) {
    case "wardbook.events.v1.Sighting.date":
      return writtenStoredDate(text);
    case "wardbook.events.v1.Sighting.time":
      return writtenStoredTime(text);
    default:
      return text;
  }
}

function bytesText(field: DescField, bytes: Uint8Array, names: Names): string {
  if (field.name === "sha256") return hexOf(bytes);
  // An id that stands for nobody in this case says nothing.
  return names.get(hexOf(bytes)) ?? "";
}

function scalarText(field: DescField, value: unknown, names: Names): string {
  if (field.enum !== undefined && typeof value === "number") return phrase(field.enum, value);
  if (value instanceof Uint8Array) return bytesText(field, value, names);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "bigint") return field.name === "size" ? sizeInWords(value) : String(value);
  return stringText(field, String(value));
}

// Which forms take without a time of day. Of any other moment midnight was typed as well.
const TIMELESS: ReadonlySet<string> = new Set(["from_time", "action_time", "discussed_time"]);
// Until when something runs, which may be the end of a day.
const ENDS: ReadonlySet<string> = new Set(["until_time", "due_time"]);

function momentText(field: DescField, time: Timestamp): string {
  if (ENDS.has(field.name)) return writtenEnd(time);
  return TIMELESS.has(field.name) ? writtenStart(time) : writtenTime(time);
}

function messageLines(field: DescField, message: ReflectMessage, names: Names): Line[] {
  switch (message.desc.typeName) {
    case "wardbook.events.v1.LocalDateTime":
      return [
        { label: fieldLabel(field), text: writtenLocalDateTime(message.message as LocalDateTime) },
      ];
    case "google.protobuf.Timestamp":
      return [{ label: fieldLabel(field), text: momentText(field, message.message as Timestamp) }];
    case "wardbook.events.v1.Party": {
      const party = message.message as Party;
      const label = capitalised(phrase(CapacitySchema, party.capacity));
      return [{ label, text: partyText(party, names) }];
    }
    default: {
      // The parts of a place or of a sighting stand under its label.
      const inner = linesOf(message, names).map(
        ({ label, text }) => `${label}: ${text.replaceAll("\n", "\n    ")}`,
      );
      return [{ label: fieldLabel(field), text: ["", ...inner].join("\n    ") }];
    }
  }
}

function isMessage(value: unknown): value is ReflectMessage {
  return typeof value === "object" && value !== null && "desc" in value && "message" in value;
}

function valueLines(field: DescField, value: unknown, names: Names): Line[] {
  if (isMessage(value)) return messageLines(field, value, names);
  return [{ label: fieldLabel(field), text: scalarText(field, value, names) }];
}

function fieldLines(field: DescField, message: ReflectMessage, names: Names): Line[] {
  const name = `${field.parent.typeName}.${field.name}`;
  if (NOT_SHOWN.has(name)) return [];
  if (!message.isSet(field) && name !== SHOWN_ALSO_WHEN_FALSE) return [];
  if (field.fieldKind === "list") {
    return [...message.get(field)].flatMap((value) => valueLines(field, value, names));
  }
  return valueLines(field, message.get(field), names);
}

function linesOf(message: ReflectMessage, names: Names): Line[] {
  return message.fields
    .flatMap((field) => fieldLines(field, message, names))
    .filter(({ text }) => text !== "");
}

// What an event says, by its descriptor, so that a field that is added later is shown too.
export function eventLines(event: Message, names: Names, types = EVENT_TYPES): Line[] {
  const type = types.getMessage(event.$typeName);
  return type === undefined ? [] : linesOf(reflect(type, event), names);
}
