import type { RemainingStep } from "@api/v1/case_pb.js";
import { ClauseLinks } from "../page/clause_links.js";
import type { NotYet } from "./offers.js";

// What is said in one glance; more is folded away.
const GLANCE = 2;

export function WhyNot({ because }: { because: RemainingStep }) {
  return (
    <>
      {because.message}
      {because.clauses.length > 0 && (
        <>
          {" "}
          (<ClauseLinks clauses={because.clauses} />)
        </>
      )}{" "}
      {because.nextStep}
    </>
  );
}

function Reasons({ notYet }: { notYet: readonly NotYet[] }) {
  return (
    <>
      {notYet.map(({ because, titles }) => (
        <div key={because.code + because.message} class="wb-not-yet">
          <ul class="govuk-list">
            {titles.map((title) => (
              <li key={title}>{title}</li>
            ))}
          </ul>
          <p class="govuk-body-s">
            <WhyNot because={because} />
          </p>
        </div>
      ))}
    </>
  );
}

// What waits for something: why, which clause says so, and what to do about it. It leads to
// no form, because the form would be refused.
export function NotYetList({ notYet, of }: { notYet: readonly NotYet[]; of: string }) {
  const count = notYet.reduce((sum, { titles }) => sum + titles.length, 0);
  if (count === 0) return null;
  if (count <= GLANCE) {
    return (
      <>
        <h3 class="govuk-heading-s">
          Not yet<span class="govuk-visually-hidden">: {of}</span>
        </h3>
        <Reasons notYet={notYet} />
      </>
    );
  }
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">
          Not yet: {count} things<span class="govuk-visually-hidden"> of {of}</span>
        </span>
      </summary>
      <div class="govuk-details__text">
        <Reasons notYet={notYet} />
      </div>
    </details>
  );
}
