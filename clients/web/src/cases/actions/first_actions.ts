import { RouteSchema } from "@api/events/v1/values_pb.js";
import { CaseService } from "@api/v1/case_service_pb.js";
import { EscalationService } from "@api/v1/escalation_service_pb.js";
import { IncidentService } from "@api/v1/incident_service_pb.js";
import { client } from "../../api/client.js";
import { eventTitle, phrase } from "../../words/event_words.js";
import { writtenTime } from "../../words/written_time.js";
import type { Action } from "./action.js";

export const FIRST_ACTIONS: Action[] = [
  {
    id: "acknowledge",
    group: "First",
    title: "Tell the reporter that you have seen it",
    intro: [
      "Somebody wrote this, perhaps with difficulty. Tell them that it was " +
        "read, and when they hear more.",
    ],
    fields: [
      {
        kind: "text",
        name: "message_to_reporter",
        label: "What the reporter is told",
        max: 2_000,
        rows: 4,
      },
    ],
    submit: "Tell the reporter",
    send: async ({ request, answers }) => {
      const messageToReporter = answers.text("message_to_reporter");
      await client(IncidentService).acknowledgeReceipt({ ...request, messageToReporter });
      return { text: "The reporter is told." };
    },
  },
  {
    id: "note",
    group: "First",
    title: "Add a note",
    fields: [{ kind: "text", name: "text", label: "The note" }],
    submit: "Add this note",
    forReporter: true,
    send: async ({ request, answers }) => {
      await client(CaseService).addNote({ ...request, text: answers.text("text") });
      return { text: "The note is added." };
    },
  },
  {
    id: "escalate",
    group: "First",
    title: "Hand the case on",
    intro: [
      "To the Headteacher, or to the Chair of Governors where it is about the Headteacher (P45).",
    ],
    fields: [{ kind: "text", name: "reasons", label: "Why", rows: 4 }],
    submit: "Hand it on",
    send: async ({ request, answers }) => {
      const reasons = answers.text("reasons");
      const { route } = await client(EscalationService).escalateCase({ ...request, reasons });
      return { text: `The case is now with ${phrase(RouteSchema, route)}.` };
    },
  },
  {
    id: "correct",
    group: "First",
    title: "Correct an entry",
    intro: ["The entry stays as it is. What you write is added to it."],
    fields: (file) => [
      {
        kind: "select",
        name: "corrected_revision",
        label: "Which entry is wrong?",
        options: file.timeline.map((entry) => ({
          value: String(entry.revision),
          text:
            `${entry.revision}. ${eventTitle(entry.event?.body.value?.$typeName ?? "")}, ` +
            writtenTime(entry.recordedTime),
        })),
      },
      { kind: "text", name: "correction", label: "What is right", rows: 4 },
      { kind: "text", name: "reasons", label: "Why it was wrong", rows: 3 },
    ],
    submit: "Record the correction",
    forReporter: true,
    send: async ({ request, answers }) => {
      await client(CaseService).correctEntry({
        ...request,
        correctedRevision: BigInt(answers.text("corrected_revision")),
        correction: answers.text("correction"),
        reasons: answers.text("reasons"),
      });
      return { text: "The correction is recorded." };
    },
  },
  {
    id: "wishes",
    group: "First",
    title: "Record what the reporter wishes now",
    fields: [
      {
        kind: "text",
        name: "wishes",
        label: "What the reporter wishes",
        rows: 4,
        when: (typed) => typed.wishes_not_given !== "yes",
      },
      {
        kind: "tick",
        name: "wishes_not_given",
        label: "The reporter was asked and does not want to say",
        optional: true,
      },
      {
        kind: "line",
        name: "conveyed_how",
        label: "How they made it known",
        hint: "Only where you are not the reporter yourself",
        optional: true,
      },
    ],
    submit: "Record the wishes",
    forReporter: true,
    send: async ({ request, answers }) => {
      const isSilent = answers.isYes("wishes_not_given");
      await client(IncidentService).updateWishes({
        ...request,
        wishes: isSilent ? "" : answers.text("wishes"),
        wishesNotGiven: isSilent,
        conveyedHow: answers.text("conveyed_how"),
      });
      return { text: "The wishes are recorded." };
    },
  },
  {
    id: "conflict",
    group: "First",
    title: "Declare a conflict of interest of your own",
    intro: [
      "For example, a friend or relative is involved. The case is kept from " +
        "you from then on, but " +
        "for what you reported yourself (P45).",
    ],
    fields: [{ kind: "text", name: "reasons", label: "What the conflict is", rows: 4 }],
    submit: "Declare the conflict",
    isGrave: true,
    send: async ({ request, answers }) => {
      const reasons = answers.text("reasons");
      const { route } = await client(EscalationService).declareConflict({ ...request, reasons });
      return {
        text: `The case is now with ${phrase(RouteSchema, route)}.`,
        next: "It is kept from you from now on, but for what you reported yourself.",
      };
    },
  },
];
