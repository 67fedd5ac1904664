import { EvidenceKind } from "@api/events/v1/values_pb.js";
import { expect, test } from "vitest";
import { errorsOf } from "../form/check.js";
import { sightingFields, sightingOf } from "./sighting_fields.js";

const print = { kind: String(EvidenceKind.SCREEN_PRINT) };

test("a screen print without time, date and place is not complete", () => {
  expect(errorsOf(sightingFields(print), print).map((error) => error.name)).toEqual([
    "sighting.date",
    "sighting.time",
    "sighting.place",
  ]);
});

test("each may be not known, with a reason", () => {
  const typed = {
    ...print,
    "unknown.date": "yes",
    "unknown.time": "yes",
    "unknown.place": "yes",
    "sighting.date_not_known_because": "The post shows none",
    "sighting.time_not_known_because": "The post shows none",
  };
  expect(errorsOf(sightingFields(typed), typed).map((error) => error.name)).toEqual([
    "sighting.place_not_known_because",
  ]);
});

test("what is ticked as not known is not sent, even where it was typed before", () => {
  const sighting = sightingOf({
    "sighting.date.day": "14",
    "sighting.date.month": "5",
    "sighting.date.year": "2026",
    "sighting.time": "8:40pm",
    "unknown.time": "yes",
    "sighting.time_not_known_because": "Cut off",
    "sighting.place": "Facebook",
  });
  expect(sighting.date).toBe("2026-05-14");
  expect(sighting.time).toBe("");
  expect(sighting.timeNotKnownBecause).toBe("Cut off");
  expect(sighting.place?.platform).toBe("Facebook");
  expect(sighting.utcOffsetMinutes).toBe(60);
});

test("a message as it was sent needs none of them", () => {
  const typed = { kind: String(EvidenceKind.ORIGINAL) };
  expect(errorsOf(sightingFields(typed), typed)).toEqual([]);
});
