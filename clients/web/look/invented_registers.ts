import {
  CustodyGround,
  Decider,
  PermissionKind,
  PhotoScope,
} from "@api/events/v1/register_values_pb.js";
import { EntryStage, Register, RegisterEntrySchema } from "@api/v1/register_pb.js";
import { RegisterService } from "@api/v1/register_service_pb.js";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import type { ConnectRouter } from "@connectrpc/connect";
import { bytesOfHex } from "../src/words/hex.js";
import { idOf, people } from "./invented_people.js";
import { ago } from "./moments.js";

type Entry = MessageInitShape<typeof RegisterEntrySchema>;
type Body = NonNullable<NonNullable<NonNullable<Entry["steps"]>[number]["event"]>["body"]>;

const [PRIYA, SAM, TOM, WREN, FERN] = [0, 1, 4, 5, 6].map((index) => idOf(index)) as [
  string,
  string,
  string,
  string,
  string,
];

function entry(
  inRegister: Register,
  entryId: string,
  stage: EntryStage,
  ...steps: [string, number, Body][]
) {
  return create(RegisterEntrySchema, {
    inRegister,
    entryId,
    stage,
    steps: steps.map(([actorId, days, body]) => ({
      actorId,
      recordedTime: ago(days),
      event: { body },
    })),
    people: people.map(({ personId, name }) => ({ personId, name })),
  });
}

const ENTRIES = [
  entry(Register.PERMISSIONS, "a1".repeat(16), EntryStage.ASKED, [
    PRIYA,
    2,
    {
      case: "permissionRequested",
      value: {
        kind: PermissionKind.NAME_AND_LOGO,
        reason: "For the printers.",
        asset: "Logo of the school",
        whereUsed: "Programme of the summer fair",
        audience: "Families",
        untilTime: ago(-60),
        decider: Decider.HEADTEACHER,
      },
    },
  ]),
  entry(Register.PHONES, "a2".repeat(16), EntryStage.IN_FORCE, [
    PRIYA,
    0.2,
    {
      case: "phoneTakenIn",
      value: {
        childId: bytesOfHex(TOM),
        deviceDescription: "Black, cracked corner",
        takenTime: ago(0.2),
        ground: CustodyGround.BROUGHT_IN,
      },
    },
  ]),
  entry(
    Register.PHOTO_CONSENTS,
    WREN,
    EntryStage.IN_FORCE,
    [
      PRIYA,
      30,
      {
        case: "parentLinked",
        value: { parentId: bytesOfHex(FERN), relationship: "mother" },
      },
    ],
    [
      PRIYA,
      29,
      {
        case: "photoConsentGiven",
        value: {
          parentId: bytesOfHex(FERN),
          scopes: [PhotoScope.LEARNING, PhotoScope.DISPLAY],
          how: "on the form",
          givenTime: ago(29),
        },
      },
    ],
  ),
  entry(Register.DEVICES, "IPAD-014", EntryStage.IN_FORCE, [
    SAM,
    200,
    {
      case: "schoolDeviceRegistered",
      value: { assetTag: "IPAD-014", description: "Tablet of Class 4" },
    },
  ]),
  entry(Register.CAPTURES, "a5".repeat(16), EntryStage.IN_FORCE, [
    PRIYA,
    10,
    {
      case: "imageCaptured",
      value: {
        assetTag: "IPAD-014",
        childIds: [bytesOfHex(WREN)],
        scope: PhotoScope.LEARNING,
        description: "Growing beans",
        capturedTime: ago(10),
      },
    },
  ]),
];

export function inventedRegisters({ service }: ConnectRouter) {
  service(RegisterService, {
    listEntries: ({ inRegister }) => ({
      entries: ENTRIES.filter((one) => one.inRegister === inRegister),
    }),
    getEntry: ({ inRegister, entryId }) => {
      const found = ENTRIES.find((one) => one.inRegister === inRegister && one.entryId === entryId);
      return found === undefined ? {} : { entry: found };
    },
    checkPermission: () => ({
      inForce: true,
      entryId: "a1".repeat(16),
      fromTime: ago(10),
      untilTime: ago(-10),
    }),
  });
}
