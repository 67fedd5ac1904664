import { readFileSync } from "node:fs";
import { JustificationFinding } from "@api/events/v1/register_values_pb.js";
import { EntryStage, Register, RegisterEntrySchema } from "@api/v1/register_pb.js";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { stageInWords } from "./stage_words.js";

type Body = NonNullable<
  NonNullable<MessageInitShape<typeof RegisterEntrySchema>["steps"]>[number]["event"]
>["body"];

function entry(inRegister: Register, stage: EntryStage, ...bodies: NonNullable<Body>[]) {
  return create(RegisterEntrySchema, {
    inRegister,
    stage,
    steps: bodies.map((body) => ({ event: { body } })),
  });
}

const reviewed = (finding: JustificationFinding): NonNullable<Body> => ({
  case: "justificationReviewed",
  value: { finding },
});

test.each([
  [entry(Register.PERMISSIONS, EntryStage.IN_FORCE), "in force"],
  [entry(Register.PERMISSIONS, EntryStage.EXPIRED), "expired"],
  [
    entry(Register.PERMISSIONS, EntryStage.ENDED, { case: "permissionRefused", value: {} }),
    "refused",
  ],
  [
    entry(Register.PERMISSIONS, EntryStage.ENDED, { case: "permissionRevoked", value: {} }),
    "taken back",
  ],
  [entry(Register.JUSTIFICATIONS, EntryStage.ASKED), "waits for review"],
  [
    entry(
      Register.JUSTIFICATIONS,
      EntryStage.IN_FORCE,
      reviewed(JustificationFinding.ADVICE_NEEDED),
      reviewed(JustificationFinding.ACCEPTED),
    ),
    "accepted, not closed yet",
  ],
  [
    entry(Register.JUSTIFICATIONS, EntryStage.ENDED, reviewed(JustificationFinding.NOT_ACCEPTED)),
    "not accepted, closed",
  ],
  [entry(Register.PHONES, EntryStage.IN_FORCE), "in the main office"],
])("an entry stands as the terminal says it: %#", (shown, words) => {
  expect(stageInWords(shown)).toBe(words);
});

test("the words of the stages are those of the terminal", () => {
  const source = readFileSync("../cli/register_entry.cc", "utf8");
  const from = source.indexOf("constexpr StageWords kStageWords[]");
  const table = source.slice(from, source.indexOf("};", from));
  const rows = [...table.matchAll(/REGISTER_(\w+), "([^"]*)", "([^"]*)", "([^"]*)"/g)];
  expect(rows.length).toBeGreaterThan(5);
  for (const [, name, ...words] of rows) {
    const register = Register[name as keyof typeof Register];
    const stages = [EntryStage.ASKED, EntryStage.IN_FORCE, EntryStage.ENDED];
    stages.forEach((stage, index) => {
      if (words[index] !== "") expect(stageInWords(entry(register, stage))).toBe(words[index]);
    });
  }
});
