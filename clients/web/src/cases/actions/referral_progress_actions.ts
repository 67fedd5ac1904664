import {
  type ClosingAction,
  ClosingActionSchema,
  type ClosingDecision,
  ClosingDecisionSchema,
  type ReferralMeeting,
  ReferralMeetingSchema,
  type ReferralStrand,
  ReferralStrandSchema,
} from "@api/events/v1/referral_event_pb.js";
import { type ReferralOutcome, ReferralOutcomeSchema } from "@api/events/v1/values_pb.js";
import { ReferralService } from "@api/v1/referral_service_pb.js";
import { client } from "../../api/client.js";
import { optionsOf } from "../../words/event_words.js";
import type { Action, FormContext } from "./action.js";
import { CONVEYED_BY, missingInWords, whichReferral } from "./referral_fields.js";

// The number that the next meeting of a kind has.
function nextMeetings({ file }: FormContext): ReadonlyMap<number, number> {
  const next = new Map<number, number>();
  for (const { event } of file.timeline) {
    if (event?.body.case !== "referralMeetingRecorded") continue;
    const { meeting, number } = event.body.value;
    next.set(meeting, Math.max(next.get(meeting) ?? 1, number + 1));
  }
  return next;
}

const WHOLE_NUMBER = /^[1-9]\d{0,3}$/;

const CONVEYED_BY_STRAND = {
  ...CONVEYED_BY,
  label: "Who said so, and how",
  hint: "Needed where the school records it of the police or of social care",
};

// What comes back to a referral until it ends.
export const REFERRAL_PROGRESS_ACTIONS: Action[] = [
  {
    id: "threshold-met",
    group: "Referral",
    method: ReferralService.method.recordThresholdMet,
    title: "Record that the council finds the threshold met",
    fields: (context) => [
      ...whichReferral(context),
      {
        kind: "text",
        name: "reasons",
        label: "Why",
        missing: "Enter why the threshold is met",
        rows: 4,
      },
      CONVEYED_BY,
    ],
    submit: "Record this",
    send: async ({ request, answers }) => {
      await client(ReferralService).recordThresholdMet({
        ...request,
        referralId: answers.text("referral_id"),
        reasons: answers.text("reasons"),
        conveyedBy: answers.text("conveyed_by"),
      });
      return { text: "It is recorded that the council finds the threshold met." };
    },
  },
  {
    id: "referral-meeting",
    group: "Referral",
    method: ReferralService.method.recordReferralMeeting,
    title: "Record a meeting about the referral",
    fields: (context, typed) => {
      const next = nextMeetings(context).get(Number(typed.meeting)) ?? 1;
      return [
        ...whichReferral(context),
        {
          kind: "choice",
          name: "meeting",
          label: "What kind of meeting?",
          options: optionsOf(ReferralMeetingSchema),
        },
        {
          kind: "line",
          name: "number",
          label: "Its number among those of its kind",
          missing: "Enter the number of the meeting among those of its kind",
          hint: `The next one is ${next}`,
          width: 4,
          check: (text) =>
            WHOLE_NUMBER.test(text) ? undefined : "The number must be a whole one, such as 1",
        },
        {
          kind: "when",
          name: "held_at",
          label: "When was it held?",
          missing: "Enter when the meeting was held",
          timeOptional: true,
        },
        { kind: "text", name: "attendees", label: "Who attended", max: 2_000, rows: 3 },
        { kind: "text", name: "actions", label: "What was agreed", rows: 5 },
      ];
    },
    submit: "Record the meeting",
    send: async ({ request, answers }) => {
      const heldAt = answers.when("held_at");
      await client(ReferralService).recordReferralMeeting({
        ...request,
        referralId: answers.text("referral_id"),
        meeting: answers.choice<ReferralMeeting>("meeting"),
        number: Number(answers.text("number")),
        ...(heldAt === undefined ? {} : { heldAt }),
        attendees: answers.text("attendees"),
        actions: answers.text("actions"),
      });
      return { text: "The meeting is recorded." };
    },
  },
  {
    id: "strand",
    group: "Referral",
    method: ReferralService.method.openReferralStrand,
    title: "Record who looks into it",
    intro: ["The police, children’s social care and the employer, each for themselves."],
    fields: (context) => [
      ...whichReferral(context),
      {
        kind: "choice",
        name: "strand",
        label: "Who looks into it?",
        options: optionsOf(ReferralStrandSchema),
      },
      {
        kind: "line",
        name: "reference",
        label: "Their reference",
        optional: true,
        width: 20,
        max: 200,
      },
      { kind: "text", name: "details", label: "What they do", optional: true, rows: 4 },
      CONVEYED_BY_STRAND,
    ],
    submit: "Record this",
    send: async ({ request, answers }) => {
      await client(ReferralService).openReferralStrand({
        ...request,
        referralId: answers.text("referral_id"),
        strand: answers.choice<ReferralStrand>("strand"),
        reference: answers.text("reference"),
        details: answers.text("details"),
        conveyedBy: answers.text("conveyed_by"),
      });
      return { text: "It is recorded who looks into it." };
    },
  },
  {
    id: "strand-outcome",
    group: "Referral",
    method: ReferralService.method.recordStrandOutcome,
    title: "Record the outcome of one who looked into it",
    fields: (context) => [
      ...whichReferral(context),
      {
        kind: "choice",
        name: "strand",
        label: "Who came to it?",
        options: optionsOf(ReferralStrandSchema),
      },
      {
        kind: "choice",
        name: "outcome",
        label: "The outcome",
        options: optionsOf(ReferralOutcomeSchema),
      },
      { kind: "text", name: "reasons", label: "The reasons", rows: 4 },
      CONVEYED_BY_STRAND,
    ],
    submit: "Record the outcome",
    send: async ({ request, answers }) => {
      await client(ReferralService).recordStrandOutcome({
        ...request,
        referralId: answers.text("referral_id"),
        strand: answers.choice<ReferralStrand>("strand"),
        outcome: answers.choice<ReferralOutcome>("outcome"),
        reasons: answers.text("reasons"),
        conveyedBy: answers.text("conveyed_by"),
      });
      return { text: "The outcome is recorded." };
    },
  },
  {
    id: "referral-outcome",
    group: "Referral",
    method: ReferralService.method.recordReferralOutcome,
    title: "Record the outcome of the referral",
    fields: (context) => [
      ...whichReferral(context),
      {
        kind: "choice",
        name: "outcome",
        label: "The outcome",
        options: optionsOf(ReferralOutcomeSchema),
      },
      { kind: "text", name: "reasons", label: "The reasons" },
      CONVEYED_BY,
    ],
    submit: "Record the outcome",
    send: async ({ request, answers }) => {
      await client(ReferralService).recordReferralOutcome({
        ...request,
        referralId: answers.text("referral_id"),
        outcome: answers.choice<ReferralOutcome>("outcome"),
        reasons: answers.text("reasons"),
        conveyedBy: answers.text("conveyed_by"),
      });
      return { text: "The outcome is recorded." };
    },
  },
  {
    id: "closing-action",
    group: "Referral",
    method: ReferralService.method.recordClosingAction,
    title: "Record what is settled at the end of the referral",
    fields: (context) => [
      ...whichReferral(context),
      {
        kind: "choice",
        name: "action",
        label: "What was settled?",
        options: optionsOf(ClosingActionSchema),
      },
      {
        kind: "choice",
        name: "decision",
        label: "Was it taken?",
        missing: "Choose whether the action was taken",
        options: optionsOf(ClosingDecisionSchema),
      },
      {
        kind: "text",
        name: "details",
        label: "What was done, or why it is not needed",
        rows: 4,
      },
    ],
    submit: "Record this",
    send: async ({ request, answers }) => {
      await client(ReferralService).recordClosingAction({
        ...request,
        referralId: answers.text("referral_id"),
        action: answers.choice<ClosingAction>("action"),
        decision: answers.choice<ClosingDecision>("decision"),
        details: answers.text("details"),
      });
      return { text: "What was settled is recorded." };
    },
  },
  {
    id: "close-referral",
    group: "Referral",
    method: ReferralService.method.closeReferral,
    title: "Record that the council closed the referral",
    fields: (context) => [
      ...whichReferral(context),
      { kind: "text", name: "summary", label: "What it came to", rows: 4 },
      CONVEYED_BY,
    ],
    submit: "Record this",
    send: async ({ request, answers }) => {
      const { missingItems } = await client(ReferralService).closeReferral({
        ...request,
        referralId: answers.text("referral_id"),
        summary: answers.text("summary"),
        conveyedBy: answers.text("conveyed_by"),
      });
      return {
        text: "It is recorded that the council closed the referral.",
        next: missingInWords(missingItems),
      };
    },
  },
];
