import { IncidentKindSchema, RouteSchema } from "@api/events/v1/values_pb.js";
import type { ReportSummary } from "@api/v1/case_pb.js";
import { CaseService } from "@api/v1/case_service_pb.js";
import { client } from "../api/client.js";
import { everyPage } from "../api/every_page.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { SummaryList } from "../page/summary_list.js";
import { useLoaded } from "../page/use_loaded.js";
import { capitalised, phrase } from "../words/event_words.js";
import { writtenTime } from "../words/written_time.js";
import { StageTag } from "./case_tags.js";
import { useReloadOnChange } from "./use_reload_on_change.js";

export function listMyReports(): Promise<ReportSummary[]> {
  return everyPage(
    (pageToken) => client(CaseService).listMyReports({ pageSize: 200, pageToken }),
    (page) => page.reports,
  );
}

function ReportCard({ report }: { report: ReportSummary }) {
  const count = report.evidenceCount;
  const withFiles = count === 0 ? "" : count === 1 ? ", with 1 file" : `, with ${count} files`;
  return (
    <section class="govuk-summary-card">
      <div class="govuk-summary-card__title-wrapper">
        <h2 class="govuk-summary-card__title">
          {capitalised(phrase(IncidentKindSchema, report.kind))},{" "}
          <span class="wb-ref">{report.caseRef}</span>
        </h2>
        <div class="govuk-summary-card__actions">
          <a class="govuk-link" href={`/cases/${report.caseRef}`}>
            Open it<span class="govuk-visually-hidden"> (report {report.caseRef})</span>
          </a>
        </div>
      </div>
      <div class="govuk-summary-card__content">
        <SummaryList
          rows={[
            { term: "How far it has come", text: <StageTag stage={report.stage} /> },
            { term: "With", text: capitalised(phrase(RouteSchema, report.route)) },
            { term: "You reported it", text: writtenTime(report.reportedTime) + withFiles },
            { term: "Last change", text: writtenTime(report.changedTime) },
            ...(report.messageToReporter === ""
              ? []
              : [{ term: "You were told", text: report.messageToReporter }]),
            { term: "Next", text: report.nextStep },
          ]}
        />
      </div>
    </section>
  );
}

// That a report was taken up and how far it has come, without what others wrote.
export function MyReportsPage() {
  const { value: reports, failure, reload } = useLoaded(listMyReports, []);
  useReloadOnChange(reload);
  return (
    <Page heading="My reports">
      {failure && !reports && <FailurePanel failure={failure} retry={reload} />}
      {reports?.length === 0 && <p class="govuk-body">You have reported nothing.</p>}
      {reports?.map((report) => (
        <ReportCard key={report.caseRef} report={report} />
      ))}
      <a href="/report" class="govuk-button">
        Report an incident
      </a>
    </Page>
  );
}
