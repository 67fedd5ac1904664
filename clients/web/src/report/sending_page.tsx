import type { Failure } from "../api/refusal.js";
import type { ChosenFile } from "../evidence/chosen_file.js";
import { DifferingFile } from "../evidence/differing_file.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { quarterOf } from "../words/percent.js";
import { sizeInWords } from "../words/size_in_words.js";
import type { ReportDraft } from "./report_draft.js";

interface SendingPageProps {
  draft: ReportDraft;
  committed: ReadonlyMap<string, number>;
  isSending: boolean;
  // Why files are not sent.
  failure?: Failure | undefined;
  // The files that could not be sent.
  failedKeys: readonly string[];
  onRetry(): void;
  onLeaveOut(key: string): void;
  // Somebody has what is another file in evidence.
  onOriginalKept(key: string): void;
}

function stateOf(file: ChosenFile, committed: number): string {
  if (file.isFiled) return "Filed";
  if (committed === 0) return "Waiting";
  return `${sizeInWords(committed)} of ${sizeInWords(file.size)}`;
}

function headingOf(hasFailed: boolean, isSending: boolean): string {
  if (isSending) return "Your files are being sent";
  return hasFailed ? "Your files are not all sent" : "Your files are not all as they were";
}

// The report is recorded; its files are on their way.
export function SendingPage(props: SendingPageProps) {
  const { draft, committed, isSending, failedKeys, onRetry, onLeaveOut, onOriginalKept } = props;
  const failure = isSending ? undefined : props.failure;
  const failed = draft.files.filter((file) => !file.isFiled && failedKeys.includes(file.key));
  const differing = isSending ? [] : draft.files.filter((file) => file.differs);
  const sentOf = (file: ChosenFile) => (file.isFiled ? file.size : (committed.get(file.key) ?? 0));
  const sent = draft.files.reduce((sum, file) => sum + sentOf(file), 0);
  const size = draft.files.reduce((sum, file) => sum + file.size, 0);
  return (
    <Page caption="Report an incident" heading={headingOf(failure !== undefined, isSending)}>
      {draft.sent && (
        <p class="govuk-body">
          Your report is recorded under <strong>{draft.sent.caseRef}</strong>. If you close this
          page now, you can go on later from “Report”.
        </p>
      )}
      {failure && <FailurePanel failure={failure} retry={onRetry} />}
      {failure &&
        failed.map(({ key, fileName }) => (
          <p class="govuk-body" key={key}>
            <button type="button" class="wb-link-button" onClick={() => onLeaveOut(key)}>
              Leave out {fileName}
            </button>
          </p>
        ))}
      {differing.map((file) => (
        <DifferingFile key={file.key} file={file} onKept={() => onOriginalKept(file.key)} />
      ))}
      <p class="govuk-visually-hidden" role="status">
        {isSending && `${quarterOf(sent, size)} % of the files sent`}
      </p>
      <ul class="govuk-list">
        {draft.files.map((file) => {
          const bytes = sentOf(file);
          return (
            <li class="wb-card" key={file.key}>
              <p class="govuk-body govuk-!-margin-bottom-1 wb-typed">{file.fileName}</p>
              <progress
                class="wb-progress"
                value={bytes}
                max={file.size}
                aria-label={`Sent of ${file.fileName}`}
              />
              <p class="govuk-body-s govuk-!-margin-bottom-0">{stateOf(file, bytes)}</p>
            </li>
          );
        })}
      </ul>
    </Page>
  );
}
