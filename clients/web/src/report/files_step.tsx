import { FilePicker } from "../evidence/file_picker.js";
import { KeepOriginals } from "../evidence/keep_originals.js";
import { QuestionPage } from "./question_page.js";
import { REPORT_DRAFT, type ReportDraft } from "./report_draft.js";

interface StepProps {
  draft: ReportDraft;
  onDraft(next: ReportDraft | ((before: ReportDraft) => ReportDraft)): void;
}

export function FilesStep({ draft, onDraft }: StepProps) {
  return (
    <QuestionPage
      step="files"
      draft={draft}
      onDraft={onDraft}
      submit={draft.files.length === 0 ? "Continue without files" : "Continue"}
      more={(errors) => (
        <FilePicker
          draft={REPORT_DRAFT}
          files={draft.files}
          report={draft.typed}
          errors={errors}
          onFiles={(files) => onDraft((before) => ({ ...before, files: files(before.files) }))}
        />
      )}
    >
      <KeepOriginals />
    </QuestionPage>
  );
}
