import type { CaseFile } from "@api/v1/case_pb.js";
import { offersOf } from "./offers.js";

// The action that does what a code says is missing.
export const REMEDIES: Readonly<Record<string, string>> = {
  "R-ADVICE-FIRST": "record-advice",
  "R-ADVICE-NOT-SOUGHT": "seek-advice",
  "R-DATA-BREACH": "data-breach",
  "R-DISCIPLINE": "discipline",
  "R-FINDING": "finding",
  "R-IIOC-NO-INVESTIGATION": "police-release",
  "R-IIOC-POLICE-FIRST": "police-informed",
  "R-INVESTIGATION-NOT-STARTED": "investigate",
  "R-NOT-REFERRED": "refer",
  "R-OUTCOME-PENDING": "referral-outcome",
  "R-REFER-FIRST": "refer",
  "R-REFERRAL-UNSETTLED": "referral-outcome",
  "R-THRESHOLD": "threshold",
  "R-THRESHOLD-FIRST": "threshold",
  "R-WISHES-NOT-ASKED": "wishes",
};

export function RemainingSteps({ file }: { file: CaseFile }) {
  const { remainingSteps: steps } = file;
  if (steps.length === 0) return null;
  const links = new Set(
    offersOf(file)
      .filter(({ refused }) => refused === undefined)
      .map(({ to }) => to),
  );
  return (
    <section aria-labelledby="remaining">
      <h2 class="govuk-heading-m" id="remaining">
        Before the case can be closed
      </h2>
      <ul class="govuk-task-list">
        {steps.map((step) => {
          const to = `/cases/${file.summary?.caseRef}/do/${REMEDIES[step.code]}`;
          // Somebody else may be the one to do it.
          const isLink = links.has(to);
          return (
            <li
              class={`govuk-task-list__item${isLink ? " govuk-task-list__item--with-link" : ""}`}
              key={step.code + step.message}
            >
              <div class="govuk-task-list__name-and-hint">
                {isLink ? (
                  <a class="govuk-link govuk-task-list__link" href={to}>
                    {step.message}
                  </a>
                ) : (
                  <span>{step.message}</span>
                )}
                <div class="govuk-task-list__hint">
                  {step.nextStep}
                  {step.clauses.length > 0 && ` (${step.clauses.join(", ")})`}
                </div>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
