import {
  CustodyGround,
  CustodyGroundSchema,
  type VisitUse,
  VisitUseSchema,
} from "@api/events/v1/register_values_pb.js";
import { Role } from "@api/events/v1/values_pb.js";
import { EntryStage, Register } from "@api/v1/register_pb.js";
import { RegisterService } from "@api/v1/register_service_pb.js";
import { client } from "../api/client.js";
import type { Field } from "../form/field.js";
import { holdsAny } from "../session/session.js";
import { optionsOf } from "../words/event_words.js";
import { bytesOfHex } from "../words/hex.js";
import { isKept, phoneConsents, pupils } from "./choices.js";
import {
  asked,
  type EntryAction,
  moment,
  type RegisterForm,
  whenIfNotNow,
} from "./register_form.js";

async function takeInFields(): Promise<Field[]> {
  const [children, consents] = await Promise.all([pupils(), phoneConsents()]);
  return [
    { kind: "select", name: "child_id", label: "Which child?", options: children },
    { kind: "line", name: "device_description", label: "What does the phone look like?" },
    {
      kind: "choice",
      name: "ground",
      label: "Why is it here?",
      options: optionsOf(CustodyGroundSchema),
    },
    {
      kind: "select",
      name: "permission_id",
      label: "Under which consent of the Headteacher?",
      hint:
        consents.length === 0
          ? "You see no such consent that is in force now. Ask for one first (P29)."
          : "Those that are in force now (P29)",
      options: consents,
      when: isKept,
    },
    whenIfNotNow("taken_time"),
  ];
}

const VISIT: Field[] = [
  { kind: "line", name: "visit", label: "Which visit?" },
  { kind: "choice", name: "use", label: "Why was it used?", options: optionsOf(VisitUseSchema) },
  { kind: "text", name: "emergency", label: "What was the emergency?", rows: 3 },
  { kind: "when", name: "used_time", label: "When?", missing: "Enter when it was used" },
];

export const PHONE_FORMS: RegisterForm[] = [
  {
    id: "phone",
    register: Register.PHONES,
    title: "Take in a child’s phone",
    intro: "It is kept in the main office until home-time, and the parents are told (P35).",
    fields: takeInFields,
    submit: "Take in this phone",
    send: (requestId, answers) => {
      const ground = answers.choice<CustodyGround>("ground");
      const isWithConsent = ground === CustodyGround.KEPT_WITH_CONSENT;
      return client(RegisterService).takeInPhone({
        requestId,
        phone: {
          childId: bytesOfHex(answers.text("child_id")),
          deviceDescription: answers.text("device_description"),
          ground,
          permissionId: bytesOfHex(isWithConsent ? answers.text("permission_id") : ""),
          ...moment(answers, "taken_time", "takenTime"),
        },
      });
    },
  },
  {
    id: "visit-use",
    register: Register.VISIT_USES,
    title: "Record that a phone was used on a visit",
    intro: "Away from children, and in an emergency only (P30).",
    fields: asked(VISIT),
    submit: "Record this use",
    send: (requestId, answers) =>
      client(RegisterService).logVisitPhoneUse({
        requestId,
        use: {
          visit: answers.text("visit"),
          use: answers.choice<VisitUse>("use"),
          emergency: answers.text("emergency"),
          ...moment(answers, "used_time", "usedTime"),
        },
      }),
  },
];

export const PHONE_ACTIONS: EntryAction[] = [
  {
    id: "parents-told",
    register: Register.PHONES,
    title: "Record that the parents were told",
    stages: [EntryStage.IN_FORCE],
    fields: asked([
      { kind: "line", name: "told", label: "Who was told?" },
      {
        kind: "line",
        name: "how",
        label: "How?",
        missing: "Enter how they were told",
        hint: "Such as by telephone",
      },
      whenIfNotNow("told_time"),
    ]),
    submit: "Record this",
    send: (request, answers) =>
      client(RegisterService).recordParentsMadeAware({
        ...request,
        telling: {
          told: answers.text("told"),
          how: answers.text("how"),
          ...moment(answers, "told_time", "toldTime"),
        },
      }),
  },
  {
    id: "return",
    register: Register.PHONES,
    title: "Give the phone back",
    stages: [EntryStage.IN_FORCE],
    fields: asked([
      {
        kind: "line",
        name: "returned_to",
        label: "To whom?",
        missing: "Enter to whom it was returned",
      },
      {
        kind: "line",
        name: "early_because",
        label: "If it is before home-time: why?",
        optional: true,
      },
      {
        kind: "line",
        name: "parents_not_aware_because",
        label: "If the parents could not be told: why?",
        optional: true,
      },
      whenIfNotNow("returned_time"),
    ]),
    submit: "Record the return",
    send: (request, answers) =>
      client(RegisterService).returnPhone({
        ...request,
        handover: {
          returnedTo: answers.text("returned_to"),
          earlyBecause: answers.text("early_because"),
          parentsNotAwareBecause: answers.text("parents_not_aware_because"),
          ...moment(answers, "returned_time", "returnedTime"),
        },
      }),
  },
  {
    id: "examined",
    register: Register.PHONES,
    title: "Record that the phone was looked into",
    intro:
      "Only the Headteacher and the safeguarding lead have the power to search. If there could " +
      "be an indecent image of a child on it, do not look: report it, and call the police.",
    stages: [EntryStage.IN_FORCE],
    isFor: (_, session) => holdsAny(session, Role.HEADTEACHER, Role.SAFEGUARDING_LEAD),
    fields: asked([{ kind: "text", name: "reasons", label: "On what ground?", rows: 3 }]),
    submit: "Record this",
    send: (request, answers) =>
      client(RegisterService).recordPhoneExamined({
        ...request,
        examination: { reasons: answers.text("reasons") },
      }),
  },
];
