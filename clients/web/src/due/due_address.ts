import { type DueItem, DueKind } from "@api/v1/due_pb.js";
import { addressOfEntryId } from "../registers/entry_address.js";

// The page on which what is due can be done.
const ACTIONS: Partial<Record<DueKind, string>> = {
  [DueKind.INFORM_POLICE]: "police-informed",
  [DueKind.ACKNOWLEDGE_REPORT]: "acknowledge",
  [DueKind.HAND_ON]: "escalate",
  [DueKind.REFER_ALLEGATION]: "refer",
  [DueKind.FOLLOW_UP_ADVICE]: "record-advice",
  [DueKind.FOLLOW_UP_REFERRAL]: "note",
  [DueKind.ACKNOWLEDGE_REFERRAL]: "acknowledge-referral",
  [DueKind.FOLLOW_UP_OUTCOME]: "note",
  [DueKind.RECORD_OUTCOME]: "referral-outcome",
  [DueKind.DECIDE_THRESHOLD]: "threshold",
  [DueKind.ASSESS_DATA_BREACH]: "data-breach",
  [DueKind.SETTLE_DISAGREEMENT]: "settle-disagreement",
};

const PLACES: Partial<Record<DueKind, string>> = {
  [DueKind.REVIEW_POLICY]: "/policy",
  [DueKind.ISSUE_REMINDER]: "/policy/remind",
  [DueKind.ACKNOWLEDGE_POLICY]: "/policy/acknowledge",
  [DueKind.ACKNOWLEDGE_REMINDER]: "/policy",
  [DueKind.REVIEW_PROFILE]: "/policy/profile-review",
  [DueKind.ASK_FOR_PROFILE_REVIEWS]: "/people/profile-reviews",
};

export function addressOf(item: DueItem): string | undefined {
  if (item.caseRef !== "") {
    const action = ACTIONS[item.kind];
    return `/cases/${item.caseRef}${action === undefined ? "" : `/do/${action}`}`;
  }
  if (item.entryId !== "") return addressOfEntryId(item.register, item.entryId);
  return PLACES[item.kind];
}
