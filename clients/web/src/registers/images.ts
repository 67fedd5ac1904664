import {
  ImageStorage,
  type PhotoScope,
  PhotoScopeSchema,
} from "@api/events/v1/register_values_pb.js";
import { Role } from "@api/events/v1/values_pb.js";
import type { Session } from "@api/v1/access_service_pb.js";
import { EntryStage, Register } from "@api/v1/register_pb.js";
import { RegisterService } from "@api/v1/register_service_pb.js";
import { client } from "../api/client.js";
import { holdsAny } from "../session/session.js";
import { optionsOf } from "../words/event_words.js";
import { bytesOfHex } from "../words/hex.js";
import { devicesInUse, parents, pupils } from "./choices.js";
import {
  asked,
  type EntryAction,
  isLeadership,
  moment,
  type RegisterForm,
  whenIfNotNow,
} from "./register_form.js";

// As it is printed on the label; the server has the same rule.
const TAG = /^[A-Z0-9-]{1,32}$/;

const entersDevices = (session: Session) =>
  isLeadership(session) || holdsAny(session, Role.ADMINISTRATOR);

// The school's devices (P32), and what was photographed or recorded with them (P31-P33).
export const IMAGE_FORMS: RegisterForm[] = [
  {
    id: "device",
    register: Register.DEVICES,
    title: "Enter a camera or tablet of the school",
    intro: "Children are photographed with the school’s devices only (P32).",
    isFor: entersDevices,
    fields: asked([
      {
        kind: "line",
        name: "asset_tag",
        label: "The tag on it",
        hint: "Capital letters, digits and hyphens, such as IPAD-014",
        width: 20,
        check: (text) =>
          TAG.test(text.toUpperCase())
            ? undefined
            : "The tag can have letters, digits and hyphens, 32 at most",
      },
      { kind: "line", name: "description", label: "What is it?" },
    ]),
    submit: "Enter this device",
    send: (requestId, answers) =>
      client(RegisterService).registerSchoolDevice({
        requestId,
        device: {
          assetTag: answers.text("asset_tag").toUpperCase(),
          description: answers.text("description"),
        },
      }),
  },
  {
    id: "capture",
    register: Register.CAPTURES,
    title: "Record that children were photographed or filmed",
    intro:
      "With a device of the school, and only children whose parents consent to it (P31, P32). " +
      "The pictures themselves are not kept here.",
    fields: async () => {
      const [devices, children] = await Promise.all([devicesInUse(), pupils()]);
      return [
        {
          kind: "select",
          name: "asset_tag",
          label: "With which device of the school?",
          options: devices,
        },
        {
          kind: "several",
          name: "child_ids",
          label: "Which children are shown?",
          hint: "Every child, also in the background. Choose one after the other.",
          options: children,
        },
        {
          kind: "choice",
          name: "scope",
          label: "What for?",
          missing: "Choose what the images are for",
          options: optionsOf(PhotoScopeSchema),
        },
        { kind: "line", name: "description", label: "What is shown?" },
        whenIfNotNow("captured_time"),
      ];
    },
    submit: "Record it",
    send: (requestId, answers) =>
      client(RegisterService).recordCapture({
        requestId,
        capture: {
          assetTag: answers.text("asset_tag"),
          childIds: answers.several("child_ids").map(bytesOfHex),
          scope: answers.choice<PhotoScope>("scope"),
          description: answers.text("description"),
          ...moment(answers, "captured_time", "capturedTime"),
        },
      }),
  },
];

export const IMAGE_ACTIONS: EntryAction[] = [
  {
    id: "retire",
    register: Register.DEVICES,
    title: "Take it out of use",
    stages: [EntryStage.IN_FORCE],
    isFor: (_, session) => entersDevices(session),
    fields: asked([{ kind: "line", name: "reasons", label: "Why", missing: "Enter your reasons" }]),
    submit: "Take it out of use",
    send: (request, answers) =>
      client(RegisterService).retireSchoolDevice({
        ...request,
        retirement: { reasons: answers.text("reasons") },
      }),
  },
  {
    id: "store",
    register: Register.CAPTURES,
    title: "Record where the pictures were put",
    intro: "Pictures are kept on the school’s computers only (P33).",
    stages: [EntryStage.IN_FORCE],
    fields: asked([
      {
        kind: "choice",
        name: "storage",
        label: "Where are they?",
        options: [
          { value: String(ImageStorage.SCHOOL_COMPUTER), text: "On a computer of the school" },
          { value: String(ImageStorage.OTHER), text: "Anywhere else" },
        ],
      },
      { kind: "line", name: "computer", label: "On which computer?" },
    ]),
    submit: "Record this",
    send: (request, answers) =>
      client(RegisterService).storeCapture({
        ...request,
        storing: {
          storage: answers.choice<ImageStorage>("storage"),
          computer: answers.text("computer"),
        },
      }),
  },
  {
    id: "share",
    register: Register.CAPTURES,
    title: "Record that they were shared with a parent",
    intro: "With a parent of a child who is shown, and with nobody else (P33).",
    stages: [EntryStage.IN_FORCE],
    fields: async () => [
      {
        kind: "select",
        name: "recipient_id",
        label: "With which parent?",
        options: await parents(),
      },
      {
        kind: "line",
        name: "how",
        label: "How?",
        missing: "Enter how they were shared",
        hint: "Such as printed and handed over",
      },
      whenIfNotNow("shared_time"),
    ],
    submit: "Record this",
    send: (request, answers) =>
      client(RegisterService).shareCapture({
        ...request,
        sharing: {
          recipientId: bytesOfHex(answers.text("recipient_id")),
          how: answers.text("how"),
          ...moment(answers, "shared_time", "sharedTime"),
        },
      }),
  },
];
