import type { CaseFile } from "@api/v1/case_pb.js";
import { useRef, useState } from "preact/hooks";
import { type Failure, failureOf } from "../api/refusal.js";
import { FailurePanel } from "../page/failure_panel.js";
import { isOutdated } from "./newest_revisions.js";
import { readCase } from "./open_case.js";

// Offers what was recorded since the case was read, and does not put it over what somebody
// is reading.
export function ChangedMeanwhile({ caseRef, file }: { caseRef: string; file: CaseFile }) {
  const [isShown, setShown] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const isReading = useRef(false);
  const place = useRef<HTMLDivElement>(null);

  async function show() {
    // Each reading is recorded, and an impatient second press is none.
    if (isReading.current) return;
    isReading.current = true;
    try {
      await readCase(caseRef);
      setFailure(undefined);
      setShown(true);
      // The button that had the focus is gone.
      place.current?.focus();
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      isReading.current = false;
    }
  }

  return (
    <>
      <div role="status" tabIndex={-1} ref={place}>
        {isOutdated(file) ? (
          <div class="govuk-inset-text">
            Something was recorded in this case just now.{" "}
            <button type="button" class="wb-link-button" onClick={() => void show()}>
              Show it
            </button>
          </div>
        ) : (
          isShown && <p class="govuk-body">The case is shown with what was recorded just now.</p>
        )}
      </div>
      {failure && <FailurePanel failure={failure} retry={() => void show()} />}
    </>
  );
}
