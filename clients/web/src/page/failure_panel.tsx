import { useLayoutEffect, useRef } from "preact/hooks";
import type { Failure } from "../api/refusal.js";
import { clausesInWords } from "./clauses.js";
import { keepFocus } from "./focus.js";

// Why a page cannot be shown, and what to do next.
export function FailurePanel({
  failure,
  retry,
  retryText = "Try again",
}: {
  failure: Failure;
  retry?: () => void;
  retryText?: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  // What one's role does not allow is not allowed the next time either.
  const isForOthers = failure.code === "R-ROLE";
  // When trying again worked, the button that was pressed is gone with the panel.
  useLayoutEffect(
    () => () => {
      if (box.current?.contains(document.activeElement)) keepFocus();
    },
    [],
  );
  return (
    <div class="wb-failure" role="alert" ref={box}>
      <h2 class="govuk-heading-m">{failure.message}</h2>
      {failure.clauses.length > 0 && <p class="govuk-body">{clausesInWords(failure.clauses)}</p>}
      <p class="govuk-body">{failure.nextStep}</p>
      {retry && !isForOthers && (
        <button type="button" class="govuk-button govuk-button--secondary" onClick={retry}>
          {retryText}
        </button>
      )}
    </div>
  );
}
