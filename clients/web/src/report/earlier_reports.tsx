import { IncidentKindSchema } from "@api/events/v1/values_pb.js";
import type { ReportSummary } from "@api/v1/case_pb.js";
import { useEffect, useRef } from "preact/hooks";
import { capitalised, phrase } from "../words/event_words.js";
import { writtenTime } from "../words/written_time.js";

interface EarlierReportsProps {
  reports: readonly ReportSummary[];
  onAnother(): void;
}

// Asks before the same thing is reported twice: the answer to the first was lost.
export function EarlierReports({ reports, onAnother }: EarlierReportsProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div class="wb-failure" role="alert" tabIndex={-1} ref={box}>
      <h2 class="govuk-heading-m">Your report may be recorded already</h2>
      <p class="govuk-body">
        You sent it before, no answer came, and you have changed it since. If one of these is your
        report, do not send it again: add to it what you changed. What you wrote here stays until
        you delete it.
      </p>
      <ul class="govuk-list govuk-list--bullet">
        {reports.map((report) => (
          <li key={report.caseRef}>
            {capitalised(phrase(IncidentKindSchema, report.kind))}, reported{" "}
            {writtenTime(report.reportedTime)}:{" "}
            <a class="govuk-link" href={`/cases/${report.caseRef}`}>
              Add the change to {report.caseRef}
            </a>
          </li>
        ))}
      </ul>
      <button type="button" class="govuk-button govuk-button--secondary" onClick={onAnother}>
        It is none of these: send it as a new report
      </button>
    </div>
  );
}
