import type { ReferralSection } from "@api/events/v1/referral_event_pb.js";
import { ReferralService } from "@api/v1/referral_service_pb.js";
import { useState } from "preact/hooks";
import { client } from "../api/client.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import type { PageProps } from "../page/route.js";
import { useLoaded } from "../page/use_loaded.js";
import { FORM_SECTIONS } from "../referral/form_sections.js";

function labelOf(section: ReferralSection, name: string): string {
  const fields = FORM_SECTIONS.find((one) => one.section === section)?.fields ?? [];
  return fields.find((field) => field.name === name)?.label ?? name;
}

function CopyButton({ text, what }: { text: string; what: string }) {
  const [told, setTold] = useState("");
  return (
    <p class="wb-no-print">
      <button
        type="button"
        class="govuk-button govuk-button--secondary"
        onClick={() =>
          navigator.clipboard.writeText(text).then(
            () => setTold("Copied"),
            () => setTold("Mark the text and copy it with Ctrl and C"),
          )
        }
      >
        Copy {what}
      </button>{" "}
      <span role="status">{told}</span>
    </p>
  );
}

// What goes into the council's own form, to be copied: Wardbook sends nothing.
export function ReferralFormPage({ parameters }: PageProps) {
  const caseRef = parameters.caseRef ?? "";
  const {
    value: form,
    failure,
    reload,
  } = useLoaded(() => client(ReferralService).showReferralForm({ caseRef }), [caseRef]);
  return (
    <Page
      caption={`Case ${caseRef}`}
      heading="For the council’s form"
      back={{ to: `/cases/${caseRef}/referral`, text: "Back to the sections" }}
    >
      {failure && <FailurePanel failure={failure} retry={reload} />}
      {form && (
        <>
          <div class="govuk-inset-text">
            {form.contactName}. {form.contactHow}
          </div>
          <p class="govuk-body">
            Wardbook sends nothing: copy this into the council’s form and submit it there. That you
            opened this page is recorded.
          </p>
          {form.sections.map((section) => (
            <section key={section.section} class="wb-card">
              <h2 class="govuk-heading-m">{section.heading}</h2>
              <p class="govuk-body wb-typed">{section.text || "Nothing is filled in yet."}</p>
              {section.emptyFields.length > 0 && (
                <p class="govuk-body-s">
                  Still empty:{" "}
                  {section.emptyFields.map((name) => labelOf(section.section, name)).join(", ")}
                </p>
              )}
              {section.text !== "" && (
                <CopyButton text={section.text} what={`“${section.heading}”`} />
              )}
            </section>
          ))}
          {form.evidence !== "" && (
            <section class="wb-card">
              <h2 class="govuk-heading-m">Files in evidence</h2>
              <p class="govuk-body wb-typed">{form.evidence}</p>
              <CopyButton text={form.evidence} what="the list of files" />
            </section>
          )}
          <a href={`/cases/${caseRef}/do/referral-submitted`} class="govuk-button">
            I have submitted it
          </a>
        </>
      )}
    </Page>
  );
}
