import {
  ReferralIntent,
  ReferralIntentSchema,
  type ReferralOutcome,
  ReferralOutcomeSchema,
} from "@api/events/v1/values_pb.js";
import { ReferralService } from "@api/v1/referral_service_pb.js";
import { client } from "../../api/client.js";
import type { Field } from "../../form/field.js";
import { optionsOf } from "../../words/event_words.js";
import type { Action } from "./action.js";

// Where the school records what the council said, it names who said it.
const CONVEYED_BY: Field = {
  kind: "line",
  name: "conveyed_by",
  label: "Who of the council said so, and how",
  hint: "Needed where the school records it; officers of the council leave it empty",
  optional: true,
};

const missingInWords = (items: readonly string[]) =>
  items.length === 0 ? "" : `Still missing: ${items.join("; ")}.`;

export const REFERRAL_ACTIONS: Action[] = [
  {
    id: "refer",
    group: "Referral",
    method: ReferralService.method.referCase,
    title: "Refer to Lancashire Safeguarding",
    intro: [
      "A referral is never refused, whatever is still missing. From then on " +
        "the safeguarding officers " +
        "see the case.",
      "Wardbook sends nothing by itself. The council takes referrals on its " +
        "own online form: copy " +
        "from the page of the form, submit it there, then record here that you did.",
    ],
    fields: [
      {
        kind: "choice",
        name: "intent",
        label: "What do you ask for?",
        options: optionsOf(ReferralIntentSchema, {
          [ReferralIntent.REFERRAL]: "The school believes that the threshold is met",
          [ReferralIntent.CONSULTATION]: "The school is unsure and asks",
        }),
      },
      { kind: "text", name: "reasons", label: "Why", optional: true },
    ],
    submit: "Refer this case",
    send: async ({ request, answers }) => {
      const { missingItems } = await client(ReferralService).referCase({
        ...request,
        intent: answers.choice<ReferralIntent>("intent"),
        reasons: answers.text("reasons"),
      });
      return { text: "The case is referred.", next: missingInWords(missingItems) };
    },
  },
  {
    id: "referral-submitted",
    group: "Referral",
    method: ReferralService.method.recordReferralSubmitted,
    title: "Record that the council’s form was submitted",
    fields: [
      {
        kind: "line",
        name: "form_reference",
        label: "The reference that the form gave",
        optional: true,
        width: 20,
        max: 200,
      },
      { kind: "when", name: "submitted_at", label: "When", optional: true, timeOptional: true },
      { kind: "line", name: "submitted_by", label: "Who submitted it, if not you", optional: true },
    ],
    submit: "I have submitted it",
    send: async ({ request, answers }) => {
      const submittedAt = answers.when("submitted_at");
      const { missingItems } = await client(ReferralService).recordReferralSubmitted({
        ...request,
        formReference: answers.text("form_reference"),
        ...(submittedAt === undefined ? {} : { submittedAt }),
        submittedBy: answers.text("submitted_by"),
      });
      return {
        text: "It is recorded that the form was submitted.",
        next: missingInWords(missingItems),
      };
    },
  },
  {
    id: "acknowledge-referral",
    group: "Referral",
    method: ReferralService.method.acknowledgeReferral,
    title: "Acknowledge the referral",
    fields: [
      { kind: "line", name: "reference", label: "The council’s reference", width: 20, max: 200 },
      {
        kind: "text",
        name: "message",
        label: "What the school is told",
        optional: true,
        max: 2_000,
        rows: 3,
      },
      CONVEYED_BY,
    ],
    submit: "Acknowledge the referral",
    send: async ({ request, answers }) => {
      await client(ReferralService).acknowledgeReferral({
        ...request,
        reference: answers.text("reference"),
        message: answers.text("message"),
        conveyedBy: answers.text("conveyed_by"),
      });
      return { text: "The referral is acknowledged." };
    },
  },
  {
    id: "referral-advice",
    group: "Referral",
    method: ReferralService.method.recordReferralAdvice,
    title: "Record that the council gave advice only",
    fields: [{ kind: "text", name: "advice", label: "The advice" }, CONVEYED_BY],
    submit: "Record this advice",
    send: async ({ request, answers }) => {
      await client(ReferralService).recordReferralAdvice({
        ...request,
        advice: answers.text("advice"),
        conveyedBy: answers.text("conveyed_by"),
      });
      return { text: "The advice is recorded.", next: "The school handles the case itself." };
    },
  },
  {
    id: "ask-more",
    group: "Referral",
    method: ReferralService.method.requestMoreInformation,
    title: "Record that the council asks for more",
    fields: [{ kind: "text", name: "question", label: "What is asked for" }, CONVEYED_BY],
    submit: "Record the question",
    send: async ({ request, answers }) => {
      await client(ReferralService).requestMoreInformation({
        ...request,
        question: answers.text("question"),
        conveyedBy: answers.text("conveyed_by"),
      });
      return { text: "The question is recorded." };
    },
  },
  {
    id: "give-more",
    group: "Referral",
    method: ReferralService.method.giveMoreInformation,
    title: "Give the council more",
    fields: [{ kind: "text", name: "information", label: "What you say to it" }],
    submit: "Record what was given",
    send: async ({ request, answers }) => {
      const information = answers.text("information");
      await client(ReferralService).giveMoreInformation({ ...request, information });
      return { text: "What was given is recorded." };
    },
  },
  {
    id: "referral-outcome",
    group: "Referral",
    method: ReferralService.method.recordReferralOutcome,
    title: "Record the outcome of the referral",
    fields: [
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
        outcome: answers.choice<ReferralOutcome>("outcome"),
        reasons: answers.text("reasons"),
        conveyedBy: answers.text("conveyed_by"),
      });
      return { text: "The outcome is recorded." };
    },
  },
];
