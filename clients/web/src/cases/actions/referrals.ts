import type { CaseFile } from "@api/v1/case_pb.js";
import type { Option } from "../../words/event_words.js";
import { hexOf } from "../../words/hex.js";
import { writtenTime } from "../../words/written_time.js";

export interface MadeReferral {
  id: string;
  label: string;
  // Set when it was recorded that the council's form was submitted.
  submitted?: { reference: string; by: string };
  // Closed by the council, or taken back.
  ended: boolean;
}

// The referrals of a case, newest first.
export function referralsOf(file: CaseFile): MadeReferral[] {
  const made = new Map<string, MadeReferral>();
  for (const { event, actorName, recordedTime } of file.timeline) {
    const body = event?.body;
    switch (body?.case) {
      case "caseReferred": {
        const id = hexOf(body.value.referralId);
        const label = `Made by ${actorName}, ${writtenTime(recordedTime)}`;
        made.set(id, { id, label, ended: false });
        break;
      }
      case "referralSubmitted": {
        const referral = made.get(hexOf(body.value.referralId));
        const { formReference: reference, submittedBy: by } = body.value;
        if (referral !== undefined) referral.submitted = { reference, by };
        break;
      }
      case "referralClosed":
      case "referralWithdrawn": {
        const referral = made.get(hexOf(body.value.referralId));
        if (referral !== undefined) referral.ended = true;
        break;
      }
    }
  }
  return [...made.values()].reverse();
}

export function referralOptions(referrals: readonly MadeReferral[]): Option[] {
  return referrals.map(({ id, label, ended }) => ({
    value: id,
    text: ended ? `${label} (ended)` : label,
  }));
}
