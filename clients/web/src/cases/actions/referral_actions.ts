import {
  NeedLevel,
  NeedLevelSchema,
  ParentalConsent,
  ParentalConsentSchema,
} from "@api/events/v1/referral_event_pb.js";
import { ReferralIntent, ReferralIntentSchema } from "@api/events/v1/values_pb.js";
import { ReferralService } from "@api/v1/referral_service_pb.js";
import { client } from "../../api/client.js";
import type { Answers } from "../../form/answers.js";
import type { Field, Typed } from "../../form/field.js";
import { optionsOf } from "../../words/event_words.js";
import type { Action, FormContext } from "./action.js";
import { CONVEYED_BY, missingInWords, whichReferral } from "./referral_fields.js";
import { referralOptions, referralsOf } from "./referrals.js";

const isAboutChild = (typed: Typed) => typed.about === "child";

// Of a referral about a child the level of need and the parents' consent are asked for.
const CHILD_FIELDS: Field[] = [
  {
    kind: "choice",
    name: "about",
    label: "Whom is it about?",
    missing: "Choose whom it is about",
    options: [
      { value: "adult", text: "An adult who works with children" },
      { value: "child", text: "A child, for whom you ask for support" },
    ],
  },
  {
    kind: "choice",
    name: "child_referral.level",
    label: "The level of need",
    optional: true,
    options: optionsOf(NeedLevelSchema, {
      [NeedLevel.NEED_LEVEL_3]: "The parents’ informed consent is asked for",
      [NeedLevel.NEED_LEVEL_4]: "With or without consent",
    }),
    when: isAboutChild,
  },
  {
    kind: "choice",
    name: "child_referral.consent",
    label: "What did the parents say?",
    optional: true,
    options: optionsOf(ParentalConsentSchema),
    when: isAboutChild,
  },
  {
    kind: "text",
    name: "child_referral.consent_reasons",
    label: "Why consent was refused or not asked for",
    optional: true,
    rows: 3,
    when: (typed) =>
      isAboutChild(typed) &&
      [ParentalConsent.REFUSED, ParentalConsent.NOT_SOUGHT].some(
        (consent) => typed["child_referral.consent"] === String(consent),
      ),
  },
  {
    kind: "line",
    name: "child_referral.request_reference",
    label: "The council’s reference, if you asked for support already",
    optional: true,
    width: 20,
    when: isAboutChild,
  },
];

function childReferral(answers: Answers) {
  if (answers.text("about") !== "child") return {};
  const childReferral = {
    level: answers.choice<NeedLevel>("child_referral.level"),
    consent: answers.choice<ParentalConsent>("child_referral.consent"),
    consentReasons: answers.text("child_referral.consent_reasons"),
    requestReference: answers.text("child_referral.request_reference"),
  };
  return { childReferral };
}

// Asked only where there is another one that could take its place.
function replacement({ file }: FormContext): Field[] {
  const referrals = referralsOf(file);
  if (referrals.length < 2) return [];
  return [
    {
      kind: "select",
      name: "superseded_by_id",
      label: "Which referral takes its place?",
      optional: true,
      options: referralOptions(referrals),
    },
  ];
}

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
        missing: "Choose what you ask for",
        options: optionsOf(ReferralIntentSchema, {
          [ReferralIntent.REFERRAL]: "The school believes that the threshold is met",
          [ReferralIntent.CONSULTATION]: "The school is unsure and asks",
        }),
      },
      { kind: "text", name: "reasons", label: "Why", optional: true },
      ...CHILD_FIELDS,
    ],
    submit: "Refer this case",
    send: async ({ request, answers }) => {
      const { missingItems } = await client(ReferralService).referCase({
        ...request,
        intent: answers.choice<ReferralIntent>("intent"),
        reasons: answers.text("reasons"),
        ...childReferral(answers),
      });
      return {
        text: "The case is referred in Wardbook.",
        next:
          "Now submit it on the council’s own form: Wardbook sends nothing. " +
          missingInWords(missingItems),
      };
    },
  },
  {
    id: "referral-submitted",
    group: "Referral",
    method: ReferralService.method.recordReferralSubmitted,
    title: "Record that the council’s form was submitted",
    fields: (context) => [
      ...whichReferral(context),
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
        referralId: answers.text("referral_id"),
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
    fields: (context) => [
      ...whichReferral(context),
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
        referralId: answers.text("referral_id"),
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
    fields: (context) => [
      ...whichReferral(context),
      { kind: "text", name: "advice", label: "The advice" },
      CONVEYED_BY,
    ],
    submit: "Record this advice",
    send: async ({ request, answers }) => {
      await client(ReferralService).recordReferralAdvice({
        ...request,
        referralId: answers.text("referral_id"),
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
    fields: (context) => [
      ...whichReferral(context),
      { kind: "text", name: "question", label: "What is asked for" },
      CONVEYED_BY,
    ],
    submit: "Record the question",
    send: async ({ request, answers }) => {
      await client(ReferralService).requestMoreInformation({
        ...request,
        referralId: answers.text("referral_id"),
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
    fields: (context) => [
      ...whichReferral(context),
      { kind: "text", name: "information", label: "What you say to it" },
    ],
    submit: "Record what was given",
    send: async ({ request, answers }) => {
      const information = answers.text("information");
      await client(ReferralService).giveMoreInformation({
        ...request,
        referralId: answers.text("referral_id"),
        information,
      });
      return { text: "What was given is recorded." };
    },
  },
  {
    id: "withdraw-referral",
    group: "Referral",
    method: ReferralService.method.withdrawReferral,
    title: "Take a referral back",
    intro: ["It stays in the record, and the officers go on seeing the case."],
    fields: (context) => [
      ...whichReferral(context),
      {
        kind: "text",
        name: "reasons",
        label: "Why",
        missing: "Enter why it is withdrawn",
        rows: 4,
      },
      ...replacement(context),
      CONVEYED_BY,
    ],
    submit: "Take it back",
    isGrave: true,
    send: async ({ request, answers }) => {
      await client(ReferralService).withdrawReferral({
        ...request,
        referralId: answers.text("referral_id"),
        reasons: answers.text("reasons"),
        supersededById: answers.text("superseded_by_id"),
        conveyedBy: answers.text("conveyed_by"),
      });
      return {
        text: "The referral is taken back.",
        next: "Tell the council as well: Wardbook sends nothing.",
      };
    },
  },
];
