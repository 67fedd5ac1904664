import type { CaseFile } from "@api/v1/case_pb.js";
import { CaseService } from "@api/v1/case_service_pb.js";
import type { PageProps } from "../page/route.js";
import { SummaryList } from "../page/summary_list.js";
import { writtenTime } from "../words/written_time.js";
import { CaseFrame } from "./case_frame.js";
import { mayDoNow, offersOf } from "./offers.js";
import { OpenNamesPanel } from "./open_names_panel.js";
import { PoliceGatePanel } from "./police_gate.js";
import { RemainingSteps } from "./remaining_steps.js";
import { Timeline } from "./timeline.js";

function summaryRows(file: CaseFile) {
  const { summary } = file;
  if (summary === undefined) return [];
  return [
    { term: "Reported", text: writtenTime(summary.reportedTime) },
    { term: "Last change", text: writtenTime(summary.changedTime) },
    ...(summary.platform === "" ? [] : [{ term: "On", text: summary.platform }]),
    { term: "Files in evidence", text: String(summary.evidenceCount) },
    {
      term: "Referred to Lancashire Safeguarding",
      text: summary.referred ? "Yes" : "No",
    },
  ];
}

export function CasePage({ parameters }: PageProps) {
  const caseRef = parameters.caseRef ?? "";
  return (
    <CaseFrame caseRef={caseRef} heading="History">
      {(file, isWhole) => (
        <>
          <PoliceGatePanel file={file} />
          <OpenNamesPanel file={file} />
          <SummaryList rows={summaryRows(file)} />
          <RemainingSteps file={file} />
          {offersOf(file).some(({ refused }) => refused === undefined) && (
            <a href={`/cases/${caseRef}/actions`} class="govuk-button wb-no-print">
              See what you can do now
            </a>
          )}
          <h2 class="govuk-heading-m">What was recorded</h2>
          <p class="govuk-body">That you opened this case is recorded.</p>
          {!isWhole && (
            <div class="govuk-inset-text">
              You see what you recorded yourself and what you were told. The other entries are for
              those who handle the case.
            </div>
          )}
          <Timeline file={file} />
          {mayDoNow(file, CaseService.method.addNote) && (
            <p class="govuk-body wb-no-print">
              <a class="govuk-link" href={`/cases/${caseRef}/do/note`}>
                Add a note
              </a>
            </p>
          )}
        </>
      )}
    </CaseFrame>
  );
}
