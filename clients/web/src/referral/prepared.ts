import type { ReferralSection } from "@api/events/v1/referral_event_pb.js";
import type { CaseFile } from "@api/v1/case_pb.js";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { hexOf } from "../words/hex.js";
import type { FormSection } from "./form_sections.js";

// A section as it was filled in last.
export interface Prepared {
  fields: ReadonlyMap<string, string>;
  revision: bigint;
  by: string;
  time: Timestamp | undefined;
}

export type PreparedSections = ReadonlyMap<ReferralSection, Prepared>;

// What is filled in for the newest referral that has not ended, or else for the next one. What
// was filled in before a case is referred belongs to that referral.
export function preparedSections(file: CaseFile): PreparedSections {
  const open = new Map<string, Map<ReferralSection, Prepared>>();
  let next = new Map<ReferralSection, Prepared>();
  for (const { event, revision, actorName: by, recordedTime: time } of file.timeline) {
    const body = event?.body;
    switch (body?.case) {
      case "caseReferred":
        open.set(hexOf(body.value.referralId), next);
        next = new Map();
        break;
      case "referralSectionPrepared": {
        const fields = new Map(body.value.fields.map(({ name, text }) => [name, text]));
        const sections = open.get(hexOf(body.value.referralId)) ?? next;
        sections.set(body.value.section, { fields, revision, by, time });
        break;
      }
      case "referralClosed":
      case "referralWithdrawn":
        open.delete(hexOf(body.value.referralId));
        break;
    }
  }
  return [...open.values()].at(-1) ?? next;
}

// The needed fields that are empty.
export function missingFields(section: FormSection, prepared: Prepared | undefined): string[] {
  return section.fields
    .filter(({ name, isNeeded }) => isNeeded && (prepared?.fields.get(name) ?? "") === "")
    .map(({ label }) => label);
}
