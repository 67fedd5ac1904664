import { useState } from "preact/hooks";
import type { Field } from "../form/field.js";
import { FormPage } from "../form/form_page.js";
import type { PageProps } from "../page/route.js";
import { currentSession } from "../session/session.js";
import { caseRefOf } from "../words/case_ref.js";
import { CannotCheckPanel } from "./cannot_check_panel.js";
import { CASE_REF_FIELD } from "./case_ref_field.js";
import { type CaseVerdict, checkCase } from "./check_case.js";

const FIELDS: Field[] = [CASE_REF_FIELD];

function VerdictPanel({ verdict }: { verdict: CaseVerdict }) {
  if (verdict.kind === "cannot-check") return <CannotCheckPanel />;
  if (verdict.kind === "not-whole") {
    return (
      <div class="wb-failure" role="alert">
        <h2 class="govuk-heading-l">The case is not as it should be</h2>
        <p class="govuk-body">{verdict.what}</p>
        <p class="govuk-body">
          Keep this browser as it is, and tell the Chair of Governors and whoever runs the server.
        </p>
      </div>
    );
  }
  return (
    <div class="wb-verdict" role="status">
      <h2 class="govuk-heading-l">Nothing of this case was changed, removed or reordered</h2>
      <p class="govuk-body">
        {verdict.records === 1 ? "Its 1 record stands" : `All its ${verdict.records} records stand`}{" "}
        unchanged and in order in the signed log of {String(verdict.treeSize)} records.
      </p>
      <details class="govuk-details">
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">What was checked</span>
        </summary>
        <div class="govuk-details__text">
          <p class="govuk-body">
            This browser hashed each record as it is stored, and found with the hashes that the
            server gave that it stands in the tree of the signed checkpoint (RFC 6962), at{" "}
            {verdict.positions.length === 1 ? "position" : "positions"}{" "}
            {verdict.positions.map(String).join(", ")}. The records are numbered from 1 without a
            gap.
          </p>
        </div>
      </details>
    </div>
  );
}

export function CheckCasePage({ parameters }: PageProps) {
  const [verdict, setVerdict] = useState<CaseVerdict>();
  const [progress, setProgress] = useState("");
  const session = currentSession.value;
  if (session === undefined) return null;
  const about = parameters.caseRef ?? "";
  return (
    <FormPage
      heading="Check the records of a case"
      back={
        about === ""
          ? { to: "/audit", text: "Back to audit" }
          : { to: `/cases/${about}/access`, text: "Back to the case" }
      }
      draft={`check-case ${about}`}
      fields={FIELDS}
      initial={{ case_ref: about }}
      submit="Check this case"
      send={async ({ answers }) => {
        setVerdict(undefined);
        const caseRef = caseRefOf(answers.text("case_ref"));
        try {
          const found = await checkCase(session.schoolId, caseRef, (done, of) =>
            setProgress(`${done} of ${of} records checked`),
          );
          setVerdict(found);
        } finally {
          setProgress("");
        }
      }}
    >
      <p class="govuk-body">
        Each record is checked in this browser against the signed log. That you read the records is
        itself recorded.
      </p>
      <p class="govuk-body" role="status">
        {progress}
      </p>
      {verdict && <VerdictPanel verdict={verdict} />}
    </FormPage>
  );
}
