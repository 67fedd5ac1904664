import {
  type ActionTiming,
  ActionTimingSchema,
  CustodyGround,
  CustodyGroundSchema,
  PermissionKind,
  PermissionKindSchema,
  type PhoneRoom,
  PhoneRoomSchema,
  type SocialContactNature,
  SocialContactNatureSchema,
  type UsePurpose,
  UsePurposeSchema,
  type VisitUse,
  VisitUseSchema,
} from "@api/events/v1/register_values_pb.js";
import { Register } from "@api/v1/register_pb.js";
import { RegisterService } from "@api/v1/register_service_pb.js";
import { client } from "../api/client.js";
import type { Answers } from "../form/answers.js";
import type { Field, Typed } from "../form/field.js";
import { type Option, optionsOf } from "../words/event_words.js";
import { bytesOfHex } from "../words/hex.js";

// A page that makes an entry of a register.
export interface RegisterForm {
  id: string;
  register: Register;
  title: string;
  intro?: string;
  // The people of the school are there to be chosen from.
  fields(people: Option[]): Field[];
  submit: string;
  send(requestId: string, answers: Answers): Promise<{ entryId: string }>;
}

const isKind =
  (...kinds: PermissionKind[]) =>
  (typed: Typed) =>
    kinds.some((kind) => typed["permission.kind"] === String(kind));

const moment = (answers: Answers, name: string, key: string) => {
  const time = answers.moment(name);
  return time === undefined ? {} : { [key]: time };
};

// Photographs are permitted by parents, in the register of consents.
const KINDS = optionsOf(PermissionKindSchema).filter(
  (option) => option.value !== String(PermissionKind.PHOTO),
);

export const REGISTER_FORMS: RegisterForm[] = [
  {
    id: "permission",
    register: Register.PERMISSIONS,
    title: "Ask for a permission",
    intro: "It has to be granted before you use it. Who decides follows from what you ask for.",
    fields: (people) => [
      { kind: "choice", name: "permission.kind", label: "What for?", options: KINDS },
      {
        kind: "choice",
        name: "permission.purpose",
        label: "For which purpose?",
        options: optionsOf(UsePurposeSchema),
        when: isKind(PermissionKind.WORK_SOCIAL_MEDIA),
      },
      {
        kind: "line",
        name: "permission.platform",
        label: "Which site or account?",
        when: isKind(PermissionKind.WORK_SOCIAL_MEDIA),
      },
      {
        kind: "line",
        name: "permission.equipment",
        label: "On which equipment?",
        when: isKind(PermissionKind.WORK_SOCIAL_MEDIA),
      },
      {
        kind: "line",
        name: "permission.where_used",
        label: "Where is it to be used?",
        when: isKind(PermissionKind.NAME_AND_LOGO),
      },
      {
        kind: "line",
        name: "permission.asset",
        label: "Which name, logo or wording?",
        when: isKind(PermissionKind.NAME_AND_LOGO),
      },
      {
        kind: "line",
        name: "permission.audience",
        label: "Who will see it?",
        when: isKind(PermissionKind.NAME_AND_LOGO),
      },
      {
        kind: "choices",
        name: "permission.rooms",
        label: "In which rooms?",
        hint: "Out of the view of children",
        options: optionsOf(PhoneRoomSchema),
        when: isKind(PermissionKind.PHONE_KEPT_ON),
      },
      {
        kind: "select",
        name: "permission.child_id",
        label: "Which child?",
        options: people,
        when: isKind(PermissionKind.CHILD_PHONE_KEPT),
      },
      {
        kind: "select",
        name: "permission.parent_id",
        label: "Which parent asks?",
        options: people,
        when: isKind(PermissionKind.CHILD_PHONE_KEPT),
      },
      { kind: "text", name: "permission.reason", label: "Why?", rows: 3 },
      { kind: "when", name: "permission.from_time", label: "From when?", timeOptional: true },
      { kind: "when", name: "permission.until_time", label: "Until when?", timeOptional: true },
    ],
    submit: "Ask for this permission",
    send: (requestId, answers) =>
      client(RegisterService).requestPermission({
        requestId,
        permission: {
          kind: answers.choice<PermissionKind>("permission.kind"),
          reason: answers.text("permission.reason"),
          ...moment(answers, "permission.from_time", "fromTime"),
          ...moment(answers, "permission.until_time", "untilTime"),
          purpose: answers.choice<UsePurpose>("permission.purpose"),
          platform: answers.text("permission.platform"),
          equipment: answers.text("permission.equipment"),
          whereUsed: answers.text("permission.where_used"),
          asset: answers.text("permission.asset"),
          audience: answers.text("permission.audience"),
          rooms: answers.choices<PhoneRoom>("permission.rooms"),
          childId: bytesOfHex(answers.text("permission.child_id")),
          parentId: bytesOfHex(answers.text("permission.parent_id")),
        },
      }),
  },
  {
    id: "justification",
    register: Register.JUSTIFICATIONS,
    title: "Tell the Headteacher of a departure from the policy",
    intro:
      "Where your professional judgement goes against the policy, the " +
      "Headteacher is always told (P24).",
    fields: () => [
      { kind: "text", name: "justification.action", label: "What was or will be done", rows: 3 },
      {
        kind: "choice",
        name: "justification.timing",
        label: "Was it done already?",
        options: optionsOf(ActionTimingSchema),
      },
      {
        kind: "when",
        name: "justification.action_time",
        label: "When",
        optional: true,
        timeOptional: true,
      },
      {
        kind: "line",
        name: "justification.clause",
        label: "Which clause?",
        hint: "Such as P16",
        width: 5,
        max: 10,
      },
      { kind: "text", name: "justification.reasons", label: "Why", rows: 4 },
    ],
    submit: "Tell the Headteacher",
    send: (requestId, answers) =>
      client(RegisterService).submitJustification({
        requestId,
        justification: {
          action: answers.text("justification.action"),
          timing: answers.choice<ActionTiming>("justification.timing"),
          ...moment(answers, "justification.action_time", "actionTime"),
          clause: answers.text("justification.clause").toUpperCase(),
          reasons: answers.text("justification.reasons"),
        },
      }),
  },
  {
    id: "social-contact",
    register: Register.SOCIAL_CONTACTS,
    title: "Make a social contact with a child or family known",
    intro: "It is a duty, not a request: nobody has to permit it (P34).",
    fields: (people) => [
      {
        kind: "select",
        name: "contact.child_id",
        label: "Which child, if it is one",
        optional: true,
        options: people,
      },
      { kind: "line", name: "contact.family", label: "Which family", optional: true, max: 200 },
      {
        kind: "choice",
        name: "contact.nature",
        label: "How do you know each other?",
        options: optionsOf(SocialContactNatureSchema),
      },
      {
        kind: "line",
        name: "contact.since",
        label: "Since when",
        hint: "Such as 2019, or “always”",
      },
    ],
    submit: "Make it known",
    send: (requestId, answers) =>
      client(RegisterService).declareSocialContact({
        requestId,
        contact: {
          childId: bytesOfHex(answers.text("contact.child_id")),
          family: answers.text("contact.family"),
          nature: answers.choice<SocialContactNature>("contact.nature"),
          since: answers.text("contact.since"),
        },
      }),
  },
  {
    id: "phone",
    register: Register.PHONES,
    title: "Take in a child’s phone",
    intro: "It is kept in the main office until home-time, and the parents are told (P35).",
    fields: (people) => [
      { kind: "select", name: "phone.child_id", label: "Which child?", options: people },
      {
        kind: "line",
        name: "phone.device_description",
        label: "What the phone looks like",
        max: 200,
      },
      {
        kind: "choice",
        name: "phone.ground",
        label: "Why is it here?",
        options: optionsOf(CustodyGroundSchema),
      },
      {
        kind: "line",
        name: "phone.permission_id",
        label: "The Headteacher’s consent",
        hint: "The id of the permission, 32 letters and digits, from the register of permissions",
        when: (typed) => typed["phone.ground"] === String(CustodyGround.KEPT_WITH_CONSENT),
      },
    ],
    submit: "Take in this phone",
    send: (requestId, answers) =>
      client(RegisterService).takeInPhone({
        requestId,
        phone: {
          childId: bytesOfHex(answers.text("phone.child_id")),
          deviceDescription: answers.text("phone.device_description"),
          ground: answers.choice<CustodyGround>("phone.ground"),
          permissionId: bytesOfHex(answers.text("phone.permission_id")),
        },
      }),
  },
  {
    id: "visit-use",
    register: Register.VISIT_USES,
    title: "Record that a phone was used on a visit",
    intro: "Away from children, and in an emergency only (P30).",
    fields: () => [
      { kind: "line", name: "use.visit", label: "Which visit", max: 200 },
      { kind: "choice", name: "use.use", label: "Why", options: optionsOf(VisitUseSchema) },
      { kind: "text", name: "use.emergency", label: "What the emergency was", rows: 3 },
      { kind: "when", name: "use.used_time", label: "When" },
    ],
    submit: "Record this use",
    send: (requestId, answers) =>
      client(RegisterService).logVisitPhoneUse({
        requestId,
        use: {
          visit: answers.text("use.visit"),
          use: answers.choice<VisitUse>("use.use"),
          emergency: answers.text("use.emergency"),
          ...moment(answers, "use.used_time", "usedTime"),
        },
      }),
  },
];
