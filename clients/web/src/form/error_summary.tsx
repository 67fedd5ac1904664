import { useEffect, useRef } from "preact/hooks";
import { clausesInWords } from "../page/clauses.js";
import { hasErrorSummary } from "../page/page.js";
import { idOf } from "./field.js";
import { hasProblem, type Problem } from "./problem.js";

function focusOn(name: string) {
  const field = document.getElementById(idOf(name));
  field?.focus();
  field?.closest(".govuk-form-group")?.scrollIntoView({ block: "start" });
}

interface ErrorSummaryProps {
  problem: Problem;
  // Where a field is that is asked for on another page.
  addressOf?(name: string): string | undefined;
}

// What is wrong, each leading to its field; where a rule says no, which clause it is and
// what can be done instead. It takes the focus each time that something is wrong anew.
export function ErrorSummary({ problem, addressOf }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (hasProblem(problem)) box.current?.focus();
  }, [problem]);
  const isWrong = hasProblem(problem);
  useEffect(() => {
    hasErrorSummary.value = isWrong;
    return () => {
      hasErrorSummary.value = false;
    };
  }, [isWrong]);
  if (!isWrong) return null;
  const { errors, failure } = problem;
  return (
    <div class="govuk-error-summary" tabIndex={-1} ref={box}>
      <div role="alert">
        <h2 class="govuk-error-summary__title">There is a problem</h2>
        <div class="govuk-error-summary__body">
          {errors.length > 0 ? (
            <ul class="govuk-list govuk-error-summary__list">
              {errors.map(({ name, message }) => (
                <li key={name}>
                  <a
                    href={addressOf?.(name) ?? `#${idOf(name)}`}
                    onClick={(event) => {
                      if (addressOf?.(name) !== undefined) return;
                      event.preventDefault();
                      focusOn(name);
                    }}
                  >
                    {message}
                  </a>
                </li>
              ))}
            </ul>
          ) : (
            <p>
              <strong>{failure?.message}</strong>
            </p>
          )}
          {failure && failure.clauses.length > 0 && <p>{clausesInWords(failure.clauses)}</p>}
          {failure && failure.nextStep !== "" && (
            <p>
              <strong>What to do next:</strong> {failure.nextStep}
            </p>
          )}
        </div>
      </div>
    </div>
  );
}
