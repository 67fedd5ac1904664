import type { ReportDraft } from "./report_draft.js";
import { mayBeIndecentImage } from "./steps.js";

// That files went because of the answer about the image, and what to do about where they came
// from (P36).
export function DroppedFiles({ draft }: { draft: ReportDraft }) {
  const count = draft.droppedCount ?? 0;
  const isTold = mayBeIndecentImage(draft) && count > 0;
  return (
    <div role="status">
      {isTold && (
        <div class="govuk-inset-text">
          {count === 1
            ? "The file that you had added was taken out of this report. It is not kept here."
            : `The ${count} files that you had added were taken out of this report. They are not kept here.`}{" "}
          Leave everything else as it is, and ask the police what to do with it.
        </div>
      )}
    </div>
  );
}
