import { JustificationFinding } from "@api/events/v1/register_values_pb.js";
import { EntryStage, EntryStageSchema, Register, type RegisterEntry } from "@api/v1/register_pb.js";
import { phrase } from "../words/event_words.js";

type Words = Partial<Record<EntryStage, string>>;

// What the stages are called in a register, as the terminal says it.
const WORDS: Partial<Record<Register, Words>> = {
  [Register.SOCIAL_CONTACTS]: {
    [EntryStage.ASKED]: "waits to be acknowledged",
    [EntryStage.IN_FORCE]: "acknowledged",
    [EntryStage.ENDED]: "ended",
  },
  [Register.PHONES]: {
    [EntryStage.IN_FORCE]: "in the main office",
    [EntryStage.ENDED]: "given back",
  },
  [Register.VISIT_USES]: { [EntryStage.ENDED]: "logged" },
  [Register.PHOTO_CONSENTS]: {
    [EntryStage.ASKED]: "waits for an answer",
    [EntryStage.IN_FORCE]: "given",
    [EntryStage.ENDED]: "refused or withdrawn",
  },
  [Register.DEVICES]: {
    [EntryStage.IN_FORCE]: "in use",
    [EntryStage.ENDED]: "out of use",
  },
  [Register.CAPTURES]: { [EntryStage.IN_FORCE]: "recorded" },
};

const FINDINGS: Record<JustificationFinding, string> = {
  [JustificationFinding.UNSPECIFIED]: "reviewed",
  [JustificationFinding.ACCEPTED]: "accepted",
  [JustificationFinding.NOT_ACCEPTED]: "not accepted",
  [JustificationFinding.ADVICE_NEEDED]: "waits for advice",
};

// What the last review of a justification came to, and whether it is closed.
function findingInWords(entry: RegisterEntry): string {
  const finding = entry.steps
    .map((step) => step.event?.body)
    .flatMap((body) => (body?.case === "justificationReviewed" ? [body.value.finding] : []))
    .at(-1);
  const words = finding === undefined ? "waits for review" : FINDINGS[finding];
  if (entry.stage === EntryStage.ENDED) return `${words}, closed`;
  return entry.stage === EntryStage.IN_FORCE ? `${words}, not closed yet` : words;
}

export function stageInWords(entry: RegisterEntry): string {
  if (entry.inRegister === Register.JUSTIFICATIONS) return findingInWords(entry);
  if (entry.stage === EntryStage.ENDED) {
    const last = entry.steps.at(-1)?.event?.body.case;
    if (last === "permissionRefused") return "refused";
    if (last === "permissionRevoked") return "taken back";
  }
  return WORDS[entry.inRegister]?.[entry.stage] ?? phrase(EntryStageSchema, entry.stage);
}
