import {
  PermissionKind,
  PermissionKindSchema,
  type PhoneRoom,
  PhoneRoomSchema,
  type UsePurpose,
  UsePurposeSchema,
} from "@api/events/v1/register_values_pb.js";
import { EntryStage, Register, type RegisterEntry } from "@api/v1/register_pb.js";
import { RegisterService } from "@api/v1/register_service_pb.js";
import { client } from "../api/client.js";
import type { Field, Typed } from "../form/field.js";
import { optionsOf } from "../words/event_words.js";
import { bytesOfHex } from "../words/hex.js";
import { parents, pupils } from "./choices.js";
import { decides } from "./decider.js";
import { asked, type EntryAction, end, moment, type RegisterForm, why } from "./register_form.js";

const isKind = (kind: PermissionKind) => (typed: Typed) => typed.kind === String(kind);

// Photographs are permitted by parents, in the register of consents.
const KINDS = optionsOf(PermissionKindSchema).filter(
  (option) => option.value !== String(PermissionKind.PHOTO),
);

function kindOf(entry: RegisterEntry): PermissionKind {
  const body = entry.steps[0]?.event?.body;
  return body?.case === "permissionRequested" ? body.value.kind : PermissionKind.UNSPECIFIED;
}

async function requestFields(): Promise<Field[]> {
  const [children, carers] = await Promise.all([pupils(), parents()]);
  return [
    {
      kind: "choice",
      name: "kind",
      label: "What for?",
      missing: "Choose what the permission is for",
      options: KINDS,
    },
    {
      kind: "choice",
      name: "purpose",
      label: "For which purpose?",
      options: optionsOf(UsePurposeSchema),
      when: isKind(PermissionKind.WORK_SOCIAL_MEDIA),
    },
    {
      kind: "line",
      name: "platform",
      label: "Which site or account?",
      when: isKind(PermissionKind.WORK_SOCIAL_MEDIA),
    },
    {
      kind: "line",
      name: "equipment",
      label: "On which equipment?",
      when: isKind(PermissionKind.WORK_SOCIAL_MEDIA),
    },
    {
      kind: "line",
      name: "where_used",
      label: "Where is it to be used?",
      when: isKind(PermissionKind.NAME_AND_LOGO),
    },
    {
      kind: "line",
      name: "asset",
      label: "Which name, logo or wording?",
      when: isKind(PermissionKind.NAME_AND_LOGO),
    },
    {
      kind: "line",
      name: "audience",
      label: "Who will see it?",
      when: isKind(PermissionKind.NAME_AND_LOGO),
    },
    {
      kind: "choices",
      name: "rooms",
      label: "In which rooms?",
      hint: "Out of the view of children",
      options: optionsOf(PhoneRoomSchema),
      when: isKind(PermissionKind.PHONE_KEPT_ON),
    },
    {
      kind: "select",
      name: "child_id",
      label: "Which child?",
      options: children,
      when: isKind(PermissionKind.CHILD_PHONE_KEPT),
    },
    {
      kind: "select",
      name: "parent_id",
      label: "Which parent asks?",
      options: carers,
      when: isKind(PermissionKind.CHILD_PHONE_KEPT),
    },
    { kind: "text", name: "reason", label: "Why?", missing: "Enter why you ask for it", rows: 3 },
    {
      kind: "when",
      name: "from_time",
      label: "From when, if not from the moment it is granted",
      optional: true,
      timeOptional: true,
    },
    {
      kind: "when",
      name: "until_time",
      label: "Until when?",
      missing: "Enter until when you ask for it",
      hint: "Without a time, until the end of that day. For example, 14 5 2026",
      timeOptional: true,
    },
  ];
}

export const PERMISSION_FORMS: RegisterForm[] = [
  {
    id: "permission",
    register: Register.PERMISSIONS,
    title: "Ask for a permission",
    intro: "It has to be granted before you use it. Who decides follows from what you ask for.",
    fields: requestFields,
    submit: "Ask for this permission",
    send: (requestId, answers) => {
      const kind = answers.choice<PermissionKind>("kind");
      // What was typed for another kind stays on the page and is not sent.
      const of = (one: PermissionKind, name: string) => (kind === one ? answers.text(name) : "");
      return client(RegisterService).requestPermission({
        requestId,
        permission: {
          kind,
          reason: answers.text("reason"),
          ...moment(answers, "from_time", "fromTime"),
          ...end(answers, "until_time", "untilTime"),
          purpose: Number(of(PermissionKind.WORK_SOCIAL_MEDIA, "purpose")) as UsePurpose,
          platform: of(PermissionKind.WORK_SOCIAL_MEDIA, "platform"),
          equipment: of(PermissionKind.WORK_SOCIAL_MEDIA, "equipment"),
          whereUsed: of(PermissionKind.NAME_AND_LOGO, "where_used"),
          asset: of(PermissionKind.NAME_AND_LOGO, "asset"),
          audience: of(PermissionKind.NAME_AND_LOGO, "audience"),
          rooms: kind === PermissionKind.PHONE_KEPT_ON ? answers.choices<PhoneRoom>("rooms") : [],
          childId: bytesOfHex(of(PermissionKind.CHILD_PHONE_KEPT, "child_id")),
          parentId: bytesOfHex(of(PermissionKind.CHILD_PHONE_KEPT, "parent_id")),
        },
      });
    },
  },
];

async function grantFields(entry: RegisterEntry): Promise<Field[]> {
  const fields: Field[] = [];
  if (kindOf(entry) === PermissionKind.NAME_AND_LOGO) {
    fields.push({
      kind: "digest",
      name: "document_sha256",
      label: "The written permission",
      hint:
        "Choose the letter or e-mail that you gave them, as a file (P27). It stays on this " +
        "computer: only its SHA-256 is recorded, by which it can be known again.",
      missing: "Choose the file with the written permission",
    });
  }
  if (kindOf(entry) === PermissionKind.PHONE_KEPT_ON) {
    fields.push({
      kind: "when",
      name: "discussed_time",
      label: "When did you discuss it with them?",
      hint: "A phone is kept on only after it was discussed (P28). For example, 14 5 2026",
      timeOptional: true,
    });
  }
  return [
    ...fields,
    {
      kind: "when",
      name: "from_time",
      label: "From when, if not as they asked",
      optional: true,
      timeOptional: true,
    },
    {
      kind: "when",
      name: "until_time",
      label: "Until when, if not as they asked",
      optional: true,
      timeOptional: true,
    },
    {
      kind: "line",
      name: "conditions",
      label: "What they have to keep to",
      optional: true,
      max: 2000,
    },
  ];
}

export const PERMISSION_ACTIONS: EntryAction[] = [
  {
    id: "grant",
    register: Register.PERMISSIONS,
    title: "Grant it",
    stages: [EntryStage.ASKED],
    isFor: decides,
    fields: grantFields,
    submit: "Grant this permission",
    send: (request, answers) =>
      client(RegisterService).grantPermission({
        ...request,
        grant: {
          ...moment(answers, "from_time", "fromTime"),
          ...end(answers, "until_time", "untilTime"),
          ...moment(answers, "discussed_time", "discussedTime"),
          conditions: answers.text("conditions"),
          documentSha256: bytesOfHex(answers.text("document_sha256")),
        },
      }),
  },
  {
    id: "refuse",
    register: Register.PERMISSIONS,
    title: "Refuse it",
    stages: [EntryStage.ASKED],
    isFor: decides,
    fields: asked([why("reasons")]),
    submit: "Refuse this permission",
    send: (request, answers) =>
      client(RegisterService).refusePermission({
        ...request,
        refusal: { reasons: answers.text("reasons") },
      }),
  },
  {
    id: "revoke",
    register: Register.PERMISSIONS,
    title: "Take it back from now on",
    stages: [EntryStage.AHEAD, EntryStage.IN_FORCE],
    isFor: decides,
    fields: asked([why("reasons")]),
    submit: "Take it back",
    send: (request, answers) =>
      client(RegisterService).revokePermission({
        ...request,
        revocation: { reasons: answers.text("reasons") },
      }),
  },
];
