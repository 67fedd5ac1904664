import { readFileSync } from "node:fs";
import { IncidentReportedSchema } from "@api/events/v1/case_event_pb.js";
import { IncidentKind, IncidentKindSchema, RouteSchema } from "@api/events/v1/values_pb.js";
import { CaseStage, CaseStageSchema } from "@api/v1/case_pb.js";
import { expect, test } from "vitest";
import { ENUM_PHRASES } from "./enum_phrases.js";
import { EVENT_TITLES } from "./event_titles.js";
import { eventTitle, fieldLabel, optionsOf, phrase } from "./event_words.js";
import { FIELD_LABELS } from "./field_labels.js";

// What the terminal and the page of a bundle say.
const BUNDLE_WORDS = readFileSync("../../storage/bundle/event_words.cc", "utf8");

function wordings(table: string): Record<string, string> {
  const from = BUNDLE_WORDS.indexOf(`constexpr Wording ${table}[]`);
  const body = BUNDLE_WORDS.slice(from, BUNDLE_WORDS.indexOf("};", from));
  const pairs = [...body.matchAll(/\{"([^"]+)",\s*"([^"]*)"\}/g)];
  return Object.fromEntries(pairs.map((pair) => [pair[1], pair[2]]));
}

test.each([
  ["kTitles", EVENT_TITLES],
  ["kLabels", FIELD_LABELS],
  ["kPhrases", ENUM_PHRASES],
])("the words of %s are those of the bundle and the terminal", (table, words) => {
  expect(Object.keys(words).length).toBeGreaterThan(40);
  expect(words).toEqual(wordings(table));
});

test("what has no wording of its own is named after its identifier", () => {
  expect(eventTitle("wardbook.events.v1.NoteAdded")).toBe("Note added");
  expect(phrase(CaseStageSchema, CaseStage.ADVICE_SOUGHT)).toBe("advice sought");
  expect(fieldLabel(IncidentReportedSchema.field.whatHappened)).toBe("What happened");
  expect(phrase(RouteSchema, 99)).toBe("a value that this version does not know: 99");
});

test("the unset value of an enumeration cannot be chosen", () => {
  const options = optionsOf(IncidentKindSchema);
  expect(options.map((option) => option.value)).not.toContain("0");
  expect(options[0]).toEqual({
    value: String(IncidentKind.CYBER_BULLYING),
    text: "Cyber-bullying",
  });
});
