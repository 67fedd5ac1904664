import { EntryStage, type RegisterEntry } from "@api/v1/register_pb.js";
import { capitalised } from "../words/event_words.js";
import { stageInWords } from "./stage_words.js";

const COLOURS: Partial<Record<EntryStage, string>> = {
  [EntryStage.ASKED]: "govuk-tag--yellow",
  [EntryStage.IN_FORCE]: "govuk-tag--green",
  [EntryStage.AHEAD]: "govuk-tag--blue",
};

export function EntryStageTag({ entry }: { entry: RegisterEntry }) {
  return (
    <strong class={`govuk-tag ${COLOURS[entry.stage] ?? "govuk-tag--grey"}`}>
      {capitalised(stageInWords(entry))}
    </strong>
  );
}
