import type { RemainingStep } from "@api/v1/case_pb.js";

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

export function RemainingSteps({ caseRef, steps }: { caseRef: string; steps: RemainingStep[] }) {
  if (steps.length === 0) return null;
  return (
    <section aria-labelledby="remaining">
      <h2 class="govuk-heading-m" id="remaining">
        Before the case can be closed
      </h2>
      <ul class="govuk-task-list">
        {steps.map((step) => {
          const action = REMEDIES[step.code];
          const clauses = step.clauses.length > 0 ? ` (${step.clauses.join(", ")})` : "";
          return (
            <li class="govuk-task-list__item" key={step.code + step.message}>
              <div class="govuk-task-list__name-and-hint">
                {action === undefined ? (
                  <span>
                    {step.message}
                    {clauses}
                  </span>
                ) : (
                  <a
                    class="govuk-link govuk-task-list__link"
                    href={`/cases/${caseRef}/do/${action}`}
                  >
                    {step.message}
                    {clauses}
                  </a>
                )}
                <div class="govuk-task-list__hint">{step.nextStep}</div>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
