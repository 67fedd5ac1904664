import { CaseService } from "@api/v1/case_service_pb.js";
import { IncidentService } from "@api/v1/incident_service_pb.js";
import { client } from "../../api/client.js";
import type { Action } from "./action.js";
import { entryOptions } from "./entry_options.js";

export const FIRST_ACTIONS: Action[] = [
  {
    id: "acknowledge",
    group: "The report",
    method: IncidentService.method.acknowledgeReceipt,
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
    group: "The report",
    method: CaseService.method.addNote,
    title: "Add a note",
    fields: [{ kind: "text", name: "text", label: "The note" }],
    submit: "Add this note",
    send: async ({ request, answers }) => {
      await client(CaseService).addNote({ ...request, text: answers.text("text") });
      return { text: "The note is added." };
    },
  },
  {
    id: "correct",
    group: "The report",
    method: CaseService.method.correctEntry,
    title: "Correct an entry",
    intro: ["The entry stays as it is. What you write is added to it."],
    about: "corrected_revision",
    fields: ({ file }) => [
      {
        kind: "select",
        name: "corrected_revision",
        label: "Which entry is wrong?",
        options: entryOptions(file),
      },
      { kind: "text", name: "correction", label: "What is right", rows: 4 },
      { kind: "text", name: "reasons", label: "Why it was wrong", rows: 3 },
    ],
    submit: "Record the correction",
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
    group: "The report",
    method: IncidentService.method.updateWishes,
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
];
