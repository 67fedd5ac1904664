import type { ComponentChildren } from "preact";

export interface SummaryRow {
  term: string;
  text: ComponentChildren;
  // Where it can be changed.
  change?: { to: string; what: string };
}

export function SummaryList({ rows }: { rows: readonly SummaryRow[] }) {
  const hasActions = rows.some((row) => row.change !== undefined);
  return (
    <dl class="govuk-summary-list">
      {rows.map((row) => (
        <div
          key={row.term}
          class={`govuk-summary-list__row${
            hasActions && row.change === undefined ? " govuk-summary-list__row--no-actions" : ""
          }`}
        >
          <dt class="govuk-summary-list__key">{row.term}</dt>
          <dd class="govuk-summary-list__value wb-typed">{row.text}</dd>
          {row.change && (
            <dd class="govuk-summary-list__actions">
              <a class="govuk-link" href={row.change.to}>
                Change<span class="govuk-visually-hidden"> {row.change.what}</span>
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
