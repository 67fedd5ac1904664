import {
  EvidenceKind,
  EvidenceKindSchema,
  type Sighting,
  SightingSchema,
} from "@api/events/v1/values_pb.js";
import { create } from "@bufbuild/protobuf";
import { Answers } from "../form/answers.js";
import type { Field, Typed } from "../form/field.js";
import { optionsOf } from "../words/event_words.js";
import { offsetMinutes, timeOfDayOf } from "../words/local_date_time.js";

const isScreenPrint = (typed: Typed) => typed.kind === String(EvidenceKind.SCREEN_PRINT);
const knows = (part: string) => (typed: Typed) => typed[`unknown.${part}`] !== "yes";
const misses = (part: string) => (typed: Typed) => typed[`unknown.${part}`] === "yes";

// Time, date and place of a screen print; each may be not known, with a reason (P44). The
// names are those of the request, by which the server names what is wrong.
export function sightingFields(typed: Typed): Field[] {
  const isOptional = !isScreenPrint(typed);
  return [
    {
      kind: "choice",
      name: "kind",
      label: "What is it?",
      options: optionsOf(EvidenceKindSchema, {
        [EvidenceKind.ORIGINAL]: "A message, e-mail, document or recording as it was sent",
      }),
    },
    {
      kind: "when",
      name: "sighting.date",
      label: "On what date was it seen?",
      dateOnly: true,
      optional: isOptional,
      missing: "Enter the date on which it was seen",
      when: knows("date"),
    },
    {
      kind: "line",
      name: "sighting.date_not_known_because",
      label: "Why is the date not known?",
      missing: "Enter why the date is not known",
      when: misses("date"),
    },
    { kind: "tick", name: "unknown.date", label: "I do not know the date", optional: true },
    {
      kind: "line",
      name: "sighting.time",
      label: "At what time was it seen?",
      hint: "For example, 20:40 or 8:40pm",
      width: 5,
      check: (text) =>
        timeOfDayOf(text) === undefined
          ? "Write the time as 20:40 or 8:40pm, so that morning and evening are told apart"
          : undefined,
      optional: isOptional,
      missing: "Enter the time at which it was seen",
      when: knows("time"),
    },
    {
      kind: "line",
      name: "sighting.time_not_known_because",
      label: "Why is the time not known?",
      missing: "Enter why the time is not known",
      when: misses("time"),
    },
    { kind: "tick", name: "unknown.time", label: "I do not know the time", optional: true },
    {
      kind: "line",
      name: "sighting.place",
      label: "Where was it seen?",
      hint: "The site or app, such as Facebook, WhatsApp or e-mail",
      width: 20,
      max: 200,
      optional: isOptional,
      missing: "Enter the site or app where it was seen",
      when: knows("place"),
    },
    {
      kind: "line",
      name: "sighting.place.address",
      label: "Address of the page or post",
      hint: "It is kept as text. Nobody here opens it.",
      optional: true,
      when: knows("place"),
    },
    {
      kind: "line",
      name: "sighting.place.account",
      label: "Account or group",
      optional: true,
      when: knows("place"),
    },
    {
      kind: "line",
      name: "sighting.place_not_known_because",
      label: "Why is the place not known?",
      missing: "Enter why the place is not known",
      when: misses("place"),
    },
    { kind: "tick", name: "unknown.place", label: "I do not know the place", optional: true },
    { kind: "line", name: "captured_by", label: "Who took it, if not you", optional: true },
    {
      kind: "line",
      name: "captured_with",
      label: "What was it taken with?",
      hint: "The device or program, such as “School tablet 14”",
      optional: true,
    },
    { kind: "text", name: "description", label: "What does it show?", optional: true, rows: 3 },
  ];
}

// The time of a sighting is one box, and written like any other.
export function sightingOf(typed: Typed): Sighting {
  const answers = new Answers({ ...typed, "sighting.time.time": typed["sighting.time"] ?? "" });
  const known = (part: string) => !answers.isYes(`unknown.${part}`);
  const date = known("date") ? answers.date("sighting.date") : "";
  const time = known("time") ? answers.time("sighting.time") : "";
  const place = {
    platform: answers.text("sighting.place"),
    address: answers.text("sighting.place.address"),
    account: answers.text("sighting.place.account"),
  };
  const reason = (part: string) =>
    known(part) ? "" : answers.text(`sighting.${part}_not_known_because`);
  return create(SightingSchema, {
    date,
    time,
    dateNotKnownBecause: reason("date"),
    timeNotKnownBecause: reason("time"),
    placeNotKnownBecause: reason("place"),
    utcOffsetMinutes: date === "" ? 0 : (offsetMinutes(date, time) ?? 0),
    ...(known("place") && Object.values(place).some((part) => part !== "") ? { place } : {}),
  });
}
