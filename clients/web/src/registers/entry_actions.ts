import {
  type AdviceChoice,
  AdviceChoiceSchema,
  type JustificationFinding,
  JustificationFindingSchema,
} from "@api/events/v1/register_values_pb.js";
import { EntryStage, Register, type RegisterEntry } from "@api/v1/register_pb.js";
import { RegisterService } from "@api/v1/register_service_pb.js";
import { client } from "../api/client.js";
import type { Answers } from "../form/answers.js";
import type { Field } from "../form/field.js";

export interface EntryRequest {
  requestId: string;
  entryId: string;
  expectedRevision: bigint;
}

// Something that can be done to an entry. Whether the person may is the server's to say.
export interface EntryAction {
  id: string;
  register: Register;
  title: string;
  // At which stages of an entry it can make sense.
  stages: EntryStage[];
  fields: Field[];
  submit: string;
  send(request: EntryRequest, answers: Answers): Promise<unknown>;
}

const ALL_OPEN = [EntryStage.ASKED, EntryStage.AHEAD, EntryStage.IN_FORCE];

const why = (name: string): Field => ({ kind: "text", name, label: "Why", rows: 3 });

const time = (answers: Answers, name: string, key: string) => {
  const given = answers.moment(name);
  return given === undefined ? {} : { [key]: given };
};

export const ENTRY_ACTIONS: EntryAction[] = [
  {
    id: "grant",
    register: Register.PERMISSIONS,
    title: "Grant it",
    stages: [EntryStage.ASKED],
    fields: [
      {
        kind: "when",
        name: "grant.from_time",
        label: "From when",
        optional: true,
        timeOptional: true,
      },
      {
        kind: "when",
        name: "grant.until_time",
        label: "Until when",
        optional: true,
        timeOptional: true,
      },
      {
        kind: "when",
        name: "grant.discussed_time",
        label: "When it was discussed with them",
        hint: "For a phone kept on (P28)",
        optional: true,
        timeOptional: true,
      },
      { kind: "text", name: "grant.conditions", label: "Conditions", optional: true, rows: 3 },
    ],
    submit: "Grant this permission",
    send: (request, answers) =>
      client(RegisterService).grantPermission({
        ...request,
        grant: {
          ...time(answers, "grant.from_time", "fromTime"),
          ...time(answers, "grant.until_time", "untilTime"),
          ...time(answers, "grant.discussed_time", "discussedTime"),
          conditions: answers.text("grant.conditions"),
        },
      }),
  },
  {
    id: "refuse",
    register: Register.PERMISSIONS,
    title: "Refuse it",
    stages: [EntryStage.ASKED],
    fields: [why("refusal.reasons")],
    submit: "Refuse this permission",
    send: (request, answers) =>
      client(RegisterService).refusePermission({
        ...request,
        refusal: { reasons: answers.text("refusal.reasons") },
      }),
  },
  {
    id: "revoke",
    register: Register.PERMISSIONS,
    title: "Take it back from now on",
    stages: [EntryStage.AHEAD, EntryStage.IN_FORCE],
    fields: [why("revocation.reasons")],
    submit: "Take it back",
    send: (request, answers) =>
      client(RegisterService).revokePermission({
        ...request,
        revocation: { reasons: answers.text("revocation.reasons") },
      }),
  },
  {
    id: "review",
    register: Register.JUSTIFICATIONS,
    title: "Review it",
    stages: ALL_OPEN,
    fields: [
      {
        kind: "choice",
        name: "review.finding",
        label: "What does the review come to?",
        options: JustificationFindingSchema.values
          .filter((value) => value.number !== 0)
          .map((value) => ({
            value: String(value.number),
            text: ["", "Accepted", "Not accepted", "Advice is needed"][value.number] ?? value.name,
          })),
      },
      why("review.reasons"),
    ],
    submit: "Record the review",
    send: (request, answers) =>
      client(RegisterService).reviewJustification({
        ...request,
        review: {
          finding: answers.choice<JustificationFinding>("review.finding"),
          reasons: answers.text("review.reasons"),
        },
      }),
  },
  {
    id: "advice",
    register: Register.JUSTIFICATIONS,
    title: "Decide whether to ask Lancashire Safeguarding",
    stages: ALL_OPEN,
    fields: [
      {
        kind: "choice",
        name: "decision.choice",
        label: "What is decided?",
        options: AdviceChoiceSchema.values
          .filter((value) => value.number !== 0)
          .map((value) => ({
            value: String(value.number),
            text:
              ["", "Advice was asked for", "Advice is not appropriate"][value.number] ?? value.name,
          })),
      },
      { kind: "line", name: "decision.asked_of", label: "Who was asked", optional: true },
      why("decision.reasons"),
    ],
    submit: "Record the decision",
    send: (request, answers) =>
      client(RegisterService).decideJustificationAdvice({
        ...request,
        decision: {
          choice: answers.choice<AdviceChoice>("decision.choice"),
          askedOf: answers.text("decision.asked_of"),
          reasons: answers.text("decision.reasons"),
        },
      }),
  },
  {
    id: "advice-received",
    register: Register.JUSTIFICATIONS,
    title: "Record the advice that came back",
    stages: ALL_OPEN,
    fields: [
      { kind: "line", name: "advice.adviser_name", label: "Who gave it" },
      { kind: "line", name: "advice.adviser_role", label: "Their role and organisation" },
      { kind: "text", name: "advice.advice", label: "What they advised", rows: 4 },
    ],
    submit: "Record this advice",
    send: (request, answers) =>
      client(RegisterService).recordJustificationAdvice({
        ...request,
        advice: {
          adviserName: answers.text("advice.adviser_name"),
          adviserRole: answers.text("advice.adviser_role"),
          advice: answers.text("advice.advice"),
        },
      }),
  },
  {
    id: "close",
    register: Register.JUSTIFICATIONS,
    title: "Close it",
    stages: ALL_OPEN,
    fields: [{ kind: "text", name: "closing.conclusion", label: "What was concluded", rows: 3 }],
    submit: "Close this departure",
    send: (request, answers) =>
      client(RegisterService).closeJustification({
        ...request,
        closing: { conclusion: answers.text("closing.conclusion") },
      }),
  },
  {
    id: "acknowledge",
    register: Register.SOCIAL_CONTACTS,
    title: "Acknowledge it",
    stages: ALL_OPEN,
    fields: [
      { kind: "text", name: "acknowledgement.message", label: "What you say to it", rows: 3 },
    ],
    submit: "Acknowledge it",
    send: (request, answers) =>
      client(RegisterService).acknowledgeSocialContact({
        ...request,
        acknowledgement: { message: answers.text("acknowledgement.message") },
      }),
  },
  {
    id: "update",
    register: Register.SOCIAL_CONTACTS,
    title: "Say what has changed, or that all is as it was",
    stages: ALL_OPEN,
    fields: [{ kind: "text", name: "update.change", label: "How it is now", rows: 3 }],
    submit: "Record this",
    send: (request, answers) =>
      client(RegisterService).updateSocialContact({
        ...request,
        update: { change: answers.text("update.change") },
      }),
  },
  {
    id: "end",
    register: Register.SOCIAL_CONTACTS,
    title: "Record that it has ended",
    stages: ALL_OPEN,
    fields: [{ kind: "text", name: "ending.reasons", label: "How it ended", rows: 3 }],
    submit: "Record the end",
    send: (request, answers) =>
      client(RegisterService).endSocialContact({
        ...request,
        ending: { reasons: answers.text("ending.reasons") },
      }),
  },
  {
    id: "parents-told",
    register: Register.PHONES,
    title: "Record that the parents were told",
    stages: ALL_OPEN,
    fields: [
      { kind: "line", name: "telling.told", label: "Who was told" },
      { kind: "line", name: "telling.how", label: "How" },
    ],
    submit: "Record this",
    send: (request, answers) =>
      client(RegisterService).recordParentsMadeAware({
        ...request,
        telling: { told: answers.text("telling.told"), how: answers.text("telling.how") },
      }),
  },
  {
    id: "return",
    register: Register.PHONES,
    title: "Give the phone back",
    stages: ALL_OPEN,
    fields: [
      { kind: "line", name: "handover.returned_to", label: "To whom" },
      {
        kind: "line",
        name: "handover.early_because",
        label: "If it is before home-time: why",
        optional: true,
      },
      {
        kind: "line",
        name: "handover.parents_not_aware_because",
        label: "If the parents could not be told: why",
        optional: true,
      },
    ],
    submit: "Record the return",
    send: (request, answers) =>
      client(RegisterService).returnPhone({
        ...request,
        handover: {
          returnedTo: answers.text("handover.returned_to"),
          earlyBecause: answers.text("handover.early_because"),
          parentsNotAwareBecause: answers.text("handover.parents_not_aware_because"),
        },
      }),
  },
];

export function actionsOf(entry: RegisterEntry): EntryAction[] {
  return ENTRY_ACTIONS.filter(
    (action) => action.register === entry.inRegister && action.stages.includes(entry.stage),
  );
}
