import { readFileSync } from "node:fs";
import { ReferralSection } from "@api/events/v1/referral_event_pb.js";
import { expect, test } from "vitest";
import { FORM_SECTIONS } from "./form_sections.js";

const SOURCE = readFileSync("../../services/casework/domain/referral_form.cc", "utf8");

test("the sections and fields of the council’s form are those of the server", () => {
  const fields = [...SOURCE.matchAll(/\{"([^"]+)", "([^"]+)", (kNeeded|kIfKnown)\}/g)];
  expect(fields.length).toBeGreaterThan(40);
  expect(
    FORM_SECTIONS.flatMap((section) =>
      section.fields.map(({ name, label, isNeeded }) => [
        name,
        label,
        isNeeded ? "kNeeded" : "kIfKnown",
      ]),
    ),
  ).toEqual(fields.map((match) => match.slice(1)));
  const sections = [...SOURCE.matchAll(/REFERRAL_SECTION_(\w+), "([^"]+)", k/g)];
  expect(FORM_SECTIONS.map(({ section, heading }) => [ReferralSection[section], heading])).toEqual(
    sections.map((match) => match.slice(1)),
  );
});
