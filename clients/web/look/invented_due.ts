import { type DueItem, DueItemSchema, DueKind } from "@api/v1/due_pb.js";
import { Register } from "@api/v1/register_pb.js";
import { create } from "@bufbuild/protobuf";
import { ago } from "./moments.js";

const ENTRY = "a1".repeat(16);

function inCase(caseRef: string, kind: DueKind, daysAgo: number, what: string, clause = "P45") {
  return create(DueItemSchema, {
    kind,
    caseRef,
    dueTime: ago(daysAgo),
    overdue: daysAgo > 0,
    what: `Case ${caseRef}: ${what}`,
    clause,
    nextStep: "Open the case and do what is said there.",
  });
}

function inRegister(register: Register, kind: DueKind, what: string, clause: string) {
  const entryId = ENTRY;
  return create(DueItemSchema, { kind, register, entryId, dueTime: ago(-7), what, clause });
}

// What waits for a Headteacher in a busy week.
export const DUE: DueItem[] = [
  inCase(
    "WB-B32R-YBFG",
    DueKind.INFORM_POLICE,
    0.1,
    "an indecent image is suspected, and the police have not been informed.",
    "P37",
  ),
  inCase(
    "WB-7K4D-9QX2",
    DueKind.ACKNOWLEDGE_REPORT,
    3,
    "nobody has told the reporter that the report was seen.",
    "P46",
  ),
  ...["WB-F4TX-3DZ5", "WB-WZ5A-VA16", "WB-WPT3-X13C", "WB-KXX4-6F7D"].flatMap((caseRef) => [
    inCase(
      caseRef,
      DueKind.ACKNOWLEDGE_REPORT,
      -1,
      "nobody has told the reporter that the report was seen.",
      "P46",
    ),
    inCase(
      caseRef,
      DueKind.DECIDE_THRESHOLD,
      -1,
      "it is not decided whether the harm threshold is met.",
      "P23",
    ),
  ]),
  inCase("WB-HPM8-8H5K", DueKind.FOLLOW_UP_OUTCOME, -14, "the referral has no outcome yet.", ""),
  inRegister(
    Register.PHONES,
    DueKind.RETURN_PHONE,
    "A child's phone is still in the main office.",
    "P35",
  ),
  inRegister(
    Register.PERMISSIONS,
    DueKind.DECIDE_PERMISSION,
    "A request for a permission waits for you.",
    "P26",
  ),
  inRegister(
    Register.SOCIAL_CONTACTS,
    DueKind.ACKNOWLEDGE_DECLARATION,
    "A declaration of a social contact waits to be acknowledged.",
    "P34",
  ),
  create(DueItemSchema, {
    kind: DueKind.ACKNOWLEDGE_POLICY,
    policyId: "ab".repeat(16),
    dueTime: ago(-6),
    what: "The policy in force waits for your acknowledgement.",
    clause: "P03",
    nextStep: "Read the policy and acknowledge it.",
  }),
  create(DueItemSchema, {
    kind: DueKind.ADD_BANK_HOLIDAYS,
    dueTime: ago(-40),
    what: "The bank holidays of next year are not known.",
    nextStep: "Ask the technician to add them.",
  }),
];
