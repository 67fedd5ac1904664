import { type PhotoScope, PhotoScopeSchema } from "@api/events/v1/register_values_pb.js";
import { EntryStage, Register, type RegisterEntry } from "@api/v1/register_pb.js";
import { RegisterService } from "@api/v1/register_service_pb.js";
import { client } from "../api/client.js";
import type { Answers } from "../form/answers.js";
import type { Field } from "../form/field.js";
import { optionsOf } from "../words/event_words.js";
import { bytesOfHex } from "../words/hex.js";
import { linkedParents, parents, pupils } from "./choices.js";
import { type EntryAction, moment, type RegisterForm, whenIfNotNow, why } from "./register_form.js";

const linking = (answers: Answers) => ({
  parentId: bytesOfHex(answers.text("parent_id")),
  relationship: answers.text("relationship"),
});

async function linkFields(): Promise<Field[]> {
  return [
    {
      kind: "select",
      name: "parent_id",
      label: "Which parent or carer?",
      hint: "Those whom the register of people has as a parent or carer",
      options: await parents(),
    },
    {
      kind: "line",
      name: "relationship",
      label: "What are they to the child?",
      hint: "Such as mother, or foster carer",
    },
  ];
}

export const PHOTO_CONSENT_FORMS: RegisterForm[] = [
  {
    id: "link-parent",
    register: Register.PHOTO_CONSENTS,
    title: "Link a parent to a child, to record what they say about photographs",
    intro: "Each child has one entry, with all its parents and all their answers (P31).",
    fields: async () => [
      { kind: "select", name: "entry_id", label: "Which child?", options: await pupils() },
      ...(await linkFields()),
    ],
    submit: "Link this parent",
    send: (requestId, answers) =>
      client(RegisterService).linkParent({
        requestId,
        entryId: answers.text("entry_id"),
        parent: linking(answers),
      }),
  },
];

const parentField = (entry: RegisterEntry): Field => ({
  kind: "select",
  name: "parent_id",
  label: "Which parent or carer?",
  hint: "Those who are linked to the child",
  options: linkedParents(entry),
});

const how: Field = {
  kind: "line",
  name: "how",
  label: "How?",
  missing: "Enter how they said it",
  hint: "Such as on the form",
};

const ALL = [EntryStage.ASKED, EntryStage.IN_FORCE, EntryStage.ENDED];
const hasParents = (entry: RegisterEntry) => linkedParents(entry).length > 0;

export const PHOTO_CONSENT_ACTIONS: EntryAction[] = [
  {
    id: "give",
    register: Register.PHOTO_CONSENTS,
    title: "Record that a parent consents",
    stages: ALL,
    isFor: hasParents,
    fields: async (entry) => [
      parentField(entry),
      {
        kind: "choices",
        name: "scopes",
        label: "What may photographs be taken for?",
        options: optionsOf(PhotoScopeSchema),
      },
      how,
      whenIfNotNow("given_time"),
    ],
    submit: "Record the consent",
    send: (request, answers) =>
      client(RegisterService).givePhotoConsent({
        ...request,
        consent: {
          parentId: bytesOfHex(answers.text("parent_id")),
          scopes: answers.choices<PhotoScope>("scopes"),
          how: answers.text("how"),
          ...moment(answers, "given_time", "givenTime"),
        },
      }),
  },
  {
    id: "refuse",
    register: Register.PHOTO_CONSENTS,
    title: "Record that a parent does not consent",
    stages: ALL,
    isFor: hasParents,
    fields: async (entry) => [parentField(entry), how, whenIfNotNow("refused_time")],
    submit: "Record the refusal",
    send: (request, answers) =>
      client(RegisterService).refusePhotoConsent({
        ...request,
        refusal: {
          parentId: bytesOfHex(answers.text("parent_id")),
          how: answers.text("how"),
          ...moment(answers, "refused_time", "refusedTime"),
        },
      }),
  },
  {
    id: "withdraw",
    register: Register.PHOTO_CONSENTS,
    title: "Record that a parent withdraws consent",
    intro: "From that moment on. What was done before stays as it was.",
    stages: [EntryStage.IN_FORCE],
    isFor: hasParents,
    fields: async (entry) => [parentField(entry), how, whenIfNotNow("withdrawn_time")],
    submit: "Record the withdrawal",
    send: (request, answers) =>
      client(RegisterService).withdrawPhotoConsent({
        ...request,
        withdrawal: {
          parentId: bytesOfHex(answers.text("parent_id")),
          how: answers.text("how"),
          ...moment(answers, "withdrawn_time", "withdrawnTime"),
        },
      }),
  },
  {
    id: "link-parent",
    register: Register.PHOTO_CONSENTS,
    title: "Link another parent to the child",
    stages: ALL,
    fields: linkFields,
    submit: "Link this parent",
    send: (request, answers) =>
      client(RegisterService).linkParent({ ...request, parent: linking(answers) }),
  },
  {
    id: "unlink-parent",
    register: Register.PHOTO_CONSENTS,
    title: "Record that somebody is no parent of the child, or no longer",
    intro: "If the consent in force was theirs, it ends with the link.",
    stages: ALL,
    isFor: hasParents,
    fields: async (entry) => [parentField(entry), why("reasons")],
    submit: "End the link",
    send: (request, answers) =>
      client(RegisterService).unlinkParent({
        ...request,
        unlinking: {
          parentId: bytesOfHex(answers.text("parent_id")),
          reasons: answers.text("reasons"),
        },
      }),
  },
];
