import { CaseStage, CaseStageSchema, type CaseSummary } from "@api/v1/case_pb.js";
import { capitalised, phrase } from "../words/event_words.js";

const COLOURS: Partial<Record<CaseStage, string>> = {
  [CaseStage.REPORTED]: "govuk-tag--red",
  [CaseStage.CLOSED]: "govuk-tag--grey",
  [CaseStage.REFERRED]: "govuk-tag--purple",
  [CaseStage.OUTCOME_RECORDED]: "govuk-tag--purple",
};

export function StageTag({ stage }: { stage: CaseStage }) {
  return (
    <strong class={`govuk-tag ${COLOURS[stage] ?? "govuk-tag--blue"}`}>
      {capitalised(phrase(CaseStageSchema, stage))}
    </strong>
  );
}

// The stage, and what comes before all else.
export function CaseTags({ summary }: { summary: CaseSummary }) {
  return (
    <>
      {summary.indecentImageSuspected && (
        <>
          <strong class="govuk-tag govuk-tag--red">Police first</strong>{" "}
        </>
      )}
      <StageTag stage={summary.stage} />
    </>
  );
}
