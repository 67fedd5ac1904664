import { MayProceed, MayProceedSchema } from "@api/events/v1/values_pb.js";
import { EscalationService } from "@api/v1/escalation_service_pb.js";
import { client } from "../../api/client.js";
import { optionsOf } from "../../words/event_words.js";
import type { Action } from "./action.js";

export const ADVICE_ACTIONS: Action[] = [
  {
    id: "seek-advice",
    group: "Advice",
    method: EscalationService.method.seekAdvice,
    title: "Record that you asked for advice",
    intro: [
      "Wardbook asks nobody by itself. Ask Lancashire Safeguarding, then " +
        "record here that you did " +
        "(P40). Their telephone number is under “Whom to turn to” at the foot of each page.",
    ],
    fields: [
      {
        kind: "line",
        name: "asked_of",
        label: "Who was asked",
        hint: "The service or person; the office that the rules name if you leave it empty",
        optional: true,
      },
      {
        kind: "line",
        name: "channel",
        label: "How",
        missing: "Enter how you asked",
        hint: "For example, by telephone",
      },
      { kind: "text", name: "question", label: "What you asked", rows: 5 },
      { kind: "line", name: "reference", label: "Their reference", optional: true, width: 20 },
      {
        kind: "when",
        name: "sought_at",
        label: "When, if it was not just now",
        optional: true,
        timeOptional: true,
      },
    ],
    submit: "Record that advice was sought",
    send: async ({ request, answers }) => {
      const soughtAt = answers.when("sought_at");
      await client(EscalationService).seekAdvice({
        ...request,
        askedOf: answers.text("asked_of"),
        channel: answers.text("channel"),
        question: answers.text("question"),
        reference: answers.text("reference"),
        ...(soughtAt === undefined ? {} : { soughtAt }),
      });
      return {
        text: "It is recorded that you asked for advice.",
        next: "Nothing is investigated until the advice is here. When it comes, record it.",
      };
    },
  },
  {
    id: "record-advice",
    group: "Advice",
    method: EscalationService.method.recordAdvice,
    title: "Record the advice that came back",
    fields: [
      {
        kind: "line",
        name: "adviser_name",
        label: "Who gave it",
        missing: "Enter who gave the advice",
      },
      {
        kind: "line",
        name: "adviser_role",
        label: "Their role and organisation",
        missing: "Enter the adviser’s role and organisation",
      },
      { kind: "text", name: "advice", label: "What they advised" },
      {
        kind: "choice",
        name: "may_proceed",
        label: "May the school proceed?",
        missing: "Choose whether the school may proceed",
        options: optionsOf(MayProceedSchema, {
          [MayProceed.LIMITED]: "The steps that the advice names, and no others",
        }),
      },
      { kind: "line", name: "reference", label: "Their reference", optional: true, width: 20 },
      {
        kind: "when",
        name: "received_at",
        label: "When, if it was not just now",
        optional: true,
        timeOptional: true,
      },
    ],
    submit: "Record this advice",
    send: async ({ request, answers }) => {
      const receivedAt = answers.when("received_at");
      await client(EscalationService).recordAdvice({
        ...request,
        adviserName: answers.text("adviser_name"),
        adviserRole: answers.text("adviser_role"),
        advice: answers.text("advice"),
        mayProceed: answers.choice<MayProceed>("may_proceed"),
        reference: answers.text("reference"),
        ...(receivedAt === undefined ? {} : { receivedAt }),
      });
      return { text: "The advice is recorded." };
    },
  },
];
