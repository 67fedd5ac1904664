import { IncidentKind, IndecentImageAnswer, RouteSchema } from "@api/events/v1/values_pb.js";
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import { go } from "../page/router.js";
import { onLeaving } from "../session/leaving.js";
import { phrase } from "../words/event_words.js";
import type { SentReport } from "./report_draft.js";

export interface ReportDone extends SentReport {
  kind: IncidentKind;
  answer: IndecentImageAnswer;
  filesCount: number;
}

// The report that was just sent, for its confirmation.
export const reportDone = signal<ReportDone | undefined>(undefined);
onLeaving(() => {
  reportDone.value = undefined;
});

const CALL_POLICE =
  "If nobody has called the police yet, call them now: 101, or 999 in an emergency.";

// For whoever has gone elsewhere while it was sent.
export function tellDone({ caseRef, nextStep, kind, answer }: ReportDone): void {
  const what = kind === IncidentKind.SELF_REPORT ? "self-report" : "report";
  const recorded = `Your ${what} is recorded under ${caseRef}.`;
  if (answer === IndecentImageAnswer.NO) tell(recorded, nextStep);
  else tell(CALL_POLICE, `${recorded} ${nextStep}`, "important");
}

function filesInWords(count: number): string {
  if (count === 0) return "No files were filed.";
  return count === 1 ? "1 file is in evidence." : `${count} files are in evidence.`;
}

export function DonePage() {
  const done = reportDone.value;
  useEffect(() => {
    if (done === undefined) go("/reports", "replace");
  }, [done]);
  if (done === undefined) return null;
  const isPolice = done.answer !== IndecentImageAnswer.NO;
  return (
    <Page heading="Your report is recorded">
      <div class="govuk-panel govuk-panel--confirmation wb-panel">
        <div class="govuk-panel__title">Reference</div>
        <div class="govuk-panel__body">
          <strong>{done.caseRef}</strong>
        </div>
      </div>
      {isPolice && (
        <>
          <p class="govuk-body">
            <strong>{CALL_POLICE}</strong>
          </p>
          <p class="govuk-body">
            <a class="govuk-link" href={`/cases/${done.caseRef}/do/police-informed`}>
              Record that the police were informed
            </a>
          </p>
        </>
      )}
      <h2 class="govuk-heading-m">Who can see it</h2>
      <p class="govuk-body">
        {done.kind === IncidentKind.SELF_REPORT
          ? "Your self-report went to "
          : "Your report went to "}
        {phrase(RouteSchema, done.route)}. Nobody whom it is about can see that it exists. Whoever
        opens it is recorded.
      </p>
      <h2 class="govuk-heading-m">What happens next</h2>
      <p class="govuk-body">{done.nextStep}</p>
      <p class="govuk-body">{filesInWords(done.filesCount)}</p>
      <p class="govuk-body">
        <a class="govuk-link" href="/reports">
          See what has happened to your reports
        </a>
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href={`/cases/${done.caseRef}`}>
          Add something to this report
        </a>
      </p>
    </Page>
  );
}
