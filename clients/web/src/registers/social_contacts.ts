import {
  type SocialContactNature,
  SocialContactNatureSchema,
} from "@api/events/v1/register_values_pb.js";
import { EntryStage, Register } from "@api/v1/register_pb.js";
import { RegisterService } from "@api/v1/register_service_pb.js";
import { client } from "../api/client.js";
import type { Field } from "../form/field.js";
import { optionsOf } from "../words/event_words.js";
import { bytesOfHex } from "../words/hex.js";
import { pupils } from "./choices.js";
import { decides } from "./decider.js";
import { asked, type EntryAction, isOpener, type RegisterForm } from "./register_form.js";

async function declareFields(): Promise<Field[]> {
  return [
    { kind: "line", name: "family", label: "Which child or family?" },
    {
      kind: "select",
      name: "child_id",
      label: "Which child, if it is one of the register",
      optional: true,
      options: await pupils(),
    },
    {
      kind: "choice",
      name: "nature",
      label: "Through what do you know each other?",
      options: optionsOf(SocialContactNatureSchema),
    },
    { kind: "line", name: "since", label: "Since when?", hint: "Such as 2019, or “always”" },
  ];
}

export const SOCIAL_CONTACT_FORMS: RegisterForm[] = [
  {
    id: "social-contact",
    register: Register.SOCIAL_CONTACTS,
    title: "Make a social contact with a child or family known",
    intro: "It is a duty, not a request: nobody has to permit it (P34).",
    fields: declareFields,
    submit: "Make it known",
    send: (requestId, answers) =>
      client(RegisterService).declareSocialContact({
        requestId,
        contact: {
          childId: bytesOfHex(answers.text("child_id")),
          family: answers.text("family"),
          nature: answers.choice<SocialContactNature>("nature"),
          since: answers.text("since"),
        },
      }),
  },
];

export const SOCIAL_CONTACT_ACTIONS: EntryAction[] = [
  {
    id: "acknowledge",
    register: Register.SOCIAL_CONTACTS,
    title: "Acknowledge it",
    intro: "This is a receipt, not a permission (P34).",
    stages: [EntryStage.ASKED],
    isFor: decides,
    fields: asked([
      { kind: "text", name: "message", label: "What you say to whoever declared it", rows: 3 },
    ]),
    submit: "Acknowledge it",
    send: (request, answers) =>
      client(RegisterService).acknowledgeSocialContact({
        ...request,
        acknowledgement: { message: answers.text("message") },
      }),
  },
  {
    id: "update",
    register: Register.SOCIAL_CONTACTS,
    title: "Say what has changed, or that all is as it was",
    stages: [EntryStage.ASKED, EntryStage.IN_FORCE],
    isFor: isOpener,
    fields: asked([{ kind: "text", name: "change", label: "How it is now", rows: 3 }]),
    submit: "Record this",
    send: (request, answers) =>
      client(RegisterService).updateSocialContact({
        ...request,
        update: { change: answers.text("change") },
      }),
  },
  {
    id: "end",
    register: Register.SOCIAL_CONTACTS,
    title: "Record that it has ended",
    intro: "The declaration stays.",
    stages: [EntryStage.ASKED, EntryStage.IN_FORCE],
    isFor: isOpener,
    fields: asked([{ kind: "text", name: "reasons", label: "How it ended", rows: 3 }]),
    submit: "Record the end",
    send: (request, answers) =>
      client(RegisterService).endSocialContact({
        ...request,
        ending: { reasons: answers.text("reasons") },
      }),
  },
];
