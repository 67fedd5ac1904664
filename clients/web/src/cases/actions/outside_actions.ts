import {
  type ContactChannel,
  ContactChannelSchema,
  type ContactWith,
  ContactWithSchema,
  type ExternalBody,
  ExternalBodySchema,
  type ProviderOutcome,
  ProviderOutcomeSchema,
  type SupportAnswer,
  SupportAnswerSchema,
} from "@api/events/v1/response_event_pb.js";
import { ResponseService } from "@api/v1/response_service_pb.js";
import { client } from "../../api/client.js";
import { optionsOf } from "../../words/event_words.js";
import type { Action } from "./action.js";
import { whichProviderReport } from "./provider_reports.js";

export const OUTSIDE_ACTIONS: Action[] = [
  {
    id: "support",
    group: "Outside the case",
    method: ResponseService.method.offerSupport,
    title: "Record that somebody was offered support",
    fields: [
      {
        kind: "line",
        name: "to_whom",
        label: "To whom",
        missing: "Enter to whom support was offered",
      },
      { kind: "text", name: "support", label: "What was offered", rows: 3 },
      {
        kind: "choice",
        name: "answer",
        label: "What did they say to it?",
        missing: "Choose what they said to it",
        options: optionsOf(SupportAnswerSchema),
      },
    ],
    submit: "Record the offer",
    send: async ({ request, answers }) => {
      await client(ResponseService).offerSupport({
        ...request,
        toWhom: answers.text("to_whom"),
        support: answers.text("support"),
        answer: answers.choice<SupportAnswer>("answer"),
      });
      return { text: "The offer is recorded." };
    },
  },
  {
    id: "contact",
    group: "Outside the case",
    method: ResponseService.method.logContact,
    title: "Record a contact about the case",
    intro: ["By a way of the school’s: never by a personal phone, e-mail or account (P19)."],
    fields: [
      {
        kind: "choice",
        name: "whom",
        label: "With whom?",
        missing: "Choose with whom the contact was",
        options: optionsOf(ContactWithSchema),
      },
      {
        kind: "line",
        name: "name",
        label: "Their name",
        missing: "Enter the name of whom the contact was with",
      },
      {
        kind: "choice",
        name: "channel",
        label: "By which way?",
        missing: "Choose by which way the contact was",
        options: optionsOf(ContactChannelSchema),
      },
      {
        kind: "when",
        name: "contacted_at",
        label: "When",
        missing: "Enter when the contact was",
        timeOptional: true,
      },
      { kind: "text", name: "summary", label: "What was said", rows: 4 },
    ],
    submit: "Record the contact",
    send: async ({ request, answers }) => {
      const contactedAt = answers.when("contacted_at");
      await client(ResponseService).logContact({
        ...request,
        whom: answers.choice<ContactWith>("whom"),
        name: answers.text("name"),
        channel: answers.choice<ContactChannel>("channel"),
        ...(contactedAt === undefined ? {} : { contactedAt }),
        summary: answers.text("summary"),
      });
      return { text: "The contact is recorded." };
    },
  },
  {
    id: "provider-report",
    group: "Outside the case",
    method: ResponseService.method.recordProviderReport,
    title: "Record that a site or app was told",
    fields: [
      { kind: "line", name: "platform", label: "The site or app", max: 200 },
      {
        kind: "when",
        name: "reported_at",
        label: "When",
        missing: "Enter when it was reported",
        timeOptional: true,
      },
      { kind: "line", name: "reference", label: "Its reference", optional: true, max: 200 },
      { kind: "text", name: "details", label: "What it was asked", optional: true, rows: 3 },
    ],
    submit: "Record this",
    send: async ({ request, answers }) => {
      const reportedAt = answers.when("reported_at");
      await client(ResponseService).recordProviderReport({
        ...request,
        platform: answers.text("platform"),
        ...(reportedAt === undefined ? {} : { reportedAt }),
        reference: answers.text("reference"),
        details: answers.text("details"),
      });
      return { text: "It is recorded that the provider was told." };
    },
  },
  {
    id: "provider-outcome",
    group: "Outside the case",
    method: ResponseService.method.recordProviderOutcome,
    title: "Record what the site or app did",
    fields: ({ file }) => [
      ...whichProviderReport(file),
      {
        kind: "choice",
        name: "outcome",
        label: "What did it do?",
        missing: "Choose what the provider did",
        options: optionsOf(ProviderOutcomeSchema),
      },
      {
        kind: "when",
        name: "known_at",
        label: "When did it become known?",
        missing: "Enter when it became known",
        timeOptional: true,
      },
      { kind: "text", name: "details", label: "What it said", optional: true, rows: 3 },
    ],
    submit: "Record the answer",
    send: async ({ request, answers }) => {
      const knownAt = answers.when("known_at");
      await client(ResponseService).recordProviderOutcome({
        ...request,
        reportRevision: answers.revision("report_revision"),
        outcome: answers.choice<ProviderOutcome>("outcome"),
        ...(knownAt === undefined ? {} : { knownAt }),
        details: answers.text("details"),
      });
      return { text: "The answer is recorded." };
    },
  },
  {
    id: "content-removed",
    group: "Outside the case",
    method: ResponseService.method.recordContentRemoved,
    title: "Record that content is gone",
    fields: [
      { kind: "line", name: "platform", label: "The site or app that it was on", max: 200 },
      {
        kind: "when",
        name: "removed_at",
        label: "When was it seen to be gone?",
        missing: "Enter when it was seen to be gone",
        timeOptional: true,
      },
      { kind: "line", name: "removed_by", label: "Who removed it", optional: true },
      {
        kind: "text",
        name: "details",
        label: "What was removed, in words",
        optional: true,
        rows: 3,
      },
    ],
    submit: "Record this",
    send: async ({ request, answers }) => {
      const removedAt = answers.when("removed_at");
      await client(ResponseService).recordContentRemoved({
        ...request,
        platform: answers.text("platform"),
        ...(removedAt === undefined ? {} : { removedAt }),
        removedBy: answers.text("removed_by"),
        details: answers.text("details"),
      });
      return { text: "It is recorded that the content is gone." };
    },
  },
  {
    id: "outside-body",
    group: "Outside the case",
    method: ResponseService.method.recordExternalBodyInformed,
    title: "Record that a body outside the school was told",
    fields: [
      {
        kind: "choice",
        name: "body",
        label: "What kind of body?",
        options: optionsOf(ExternalBodySchema),
      },
      { kind: "line", name: "name", label: "Its name", missing: "Enter the name of the body" },
      {
        kind: "when",
        name: "informed_at",
        label: "When",
        missing: "Enter when it was informed",
        timeOptional: true,
      },
      {
        kind: "line",
        name: "how",
        label: "How, and whom there",
        missing: "Enter how it was informed, and whom there",
      },
      { kind: "line", name: "summary", label: "What it was told, no more than concerns it" },
    ],
    submit: "Record this",
    send: async ({ request, answers }) => {
      const informedAt = answers.when("informed_at");
      await client(ResponseService).recordExternalBodyInformed({
        ...request,
        body: answers.choice<ExternalBody>("body"),
        name: answers.text("name"),
        ...(informedAt === undefined ? {} : { informedAt }),
        how: answers.text("how"),
        summary: answers.text("summary"),
      });
      return { text: "It is recorded that the body was told." };
    },
  },
];
