import { ReferralSection } from "@api/events/v1/referral_event_pb.js";
import { CaseFileSchema } from "@api/v1/case_pb.js";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { bytesOfHex } from "../words/hex.js";
import { FORM_SECTIONS } from "./form_sections.js";
import { missingFields, preparedSections } from "./prepared.js";

type Body = NonNullable<
  NonNullable<MessageInitShape<typeof CaseFileSchema>["timeline"]>[number]["event"]
>["body"];

const ID = bytesOfHex("ab".repeat(16));

function prepared(text: string, referralId?: Uint8Array<ArrayBuffer>): Body {
  return {
    case: "referralSectionPrepared",
    value: {
      ...(referralId === undefined ? {} : { referralId }),
      section: ReferralSection.THRESHOLD,
      fields: [{ name: "reasons", text }],
    },
  };
}

function reasonsAfter(...bodies: Body[]): string | undefined {
  const timeline = bodies.map((body, index) => ({
    revision: BigInt(index + 1),
    event: { body },
  }));
  const sections = preparedSections(create(CaseFileSchema, { timeline } as never));
  return sections.get(ReferralSection.THRESHOLD)?.fields.get("reasons");
}

const referred: Body = { case: "caseReferred", value: { referralId: ID } };
const withdrawn: Body = { case: "referralWithdrawn", value: { referralId: ID } };

test("of each section the last one counts, and a referral takes over what was prepared", () => {
  expect(reasonsAfter(prepared("one"), prepared("two"))).toBe("two");
  expect(reasonsAfter(prepared("one"), referred)).toBe("one");
  expect(reasonsAfter(prepared("one"), referred, prepared("two", ID))).toBe("two");
});

test("what was prepared for a referral that has ended is not that of the next one", () => {
  expect(reasonsAfter(prepared("one"), referred, withdrawn)).toBeUndefined();
  expect(reasonsAfter(referred, withdrawn, prepared("next"))).toBe("next");
});

test("only what the council needs is missed", () => {
  const threshold = FORM_SECTIONS.find(({ section }) => section === ReferralSection.THRESHOLD);
  if (threshold === undefined) throw new Error("no such section");
  expect(missingFields(threshold, undefined)).toHaveLength(2);
});
