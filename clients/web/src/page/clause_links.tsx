import { Fragment } from "preact";

// "P36, P38", each leading to what the policy says there.
export function ClauseLinks({ clauses }: { clauses: readonly string[] }) {
  return (
    <>
      {clauses.map((clause, index) => (
        <Fragment key={clause}>
          {index > 0 && ", "}
          <a class="govuk-link" href={`/policy/clauses/${clause}`}>
            {clause}
          </a>
        </Fragment>
      ))}
    </>
  );
}
