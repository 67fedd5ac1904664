import type { CaseFile } from "@api/v1/case_pb.js";
import { ReferralService } from "@api/v1/referral_service_pb.js";
import { client } from "../api/client.js";
import { caseOnScreen, openCase } from "../cases/open_case.js";
import type { Field } from "../form/field.js";
import { FormPage } from "../form/form_page.js";
import { FailurePanel } from "../page/failure_panel.js";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import { NoSuchPage, type PageProps } from "../page/route.js";
import { go } from "../page/router.js";
import { useLoaded } from "../page/use_loaded.js";
import { writtenTime } from "../words/written_time.js";
import { FORM_SECTIONS, type FormSection } from "./form_sections.js";
import { preparedSections } from "./prepared.js";

// Every field may stay empty: what is known is filled in, and the rest by somebody else.
function fieldsOf({ fields }: FormSection): Field[] {
  return fields.map(({ name, label, isNeeded }) => ({
    kind: "text",
    name,
    label,
    rows: 2,
    optional: true,
    ...(isNeeded ? { hint: "The council needs this" } : {}),
  }));
}

function SectionForm({ file, section }: { file: CaseFile; section: FormSection }) {
  const caseRef = file.summary?.caseRef ?? "";
  const back = { to: `/cases/${caseRef}/referral`, text: "Back to the sections" };
  const prepared = preparedSections(file).get(section.section);
  return (
    <FormPage
      caption={`Case ${caseRef}`}
      heading={section.heading}
      back={back}
      // What somebody else filled in since is begun from: nobody writes over it unseen.
      draft={`referral ${section.id} ${caseRef} ${prepared?.revision ?? 0}`}
      seen={file.summary?.revision}
      initial={Object.fromEntries(prepared?.fields ?? [])}
      fields={fieldsOf(section)}
      submit="Save this section"
      send={async ({ answers, requestId, expectedRevision }) => {
        const fields = section.fields
          .map(({ name }) => ({ name, text: answers.text(name) }))
          .filter(({ text }) => text !== "");
        const { missingItems } = await client(ReferralService).prepareReferralSection({
          requestId,
          caseRef,
          expectedRevision: expectedRevision ?? file.summary?.revision ?? 0n,
          section: section.section,
          fields,
        });
        openCase.value = undefined;
        tell(
          "The section is saved.",
          missingItems.length === 0 ? "Nothing is missing. Copy it into the council’s form." : "",
        );
        go(back.to, "replace");
      }}
    >
      {prepared && (
        <p class="govuk-body">
          Filled in by {prepared.by}, {writtenTime(prepared.time)}. What you save replaces it; both
          are kept.
        </p>
      )}
    </FormPage>
  );
}

export function SectionPage({ parameters }: PageProps) {
  const caseRef = parameters.caseRef ?? "";
  const section = FORM_SECTIONS.find(({ id }) => id === parameters.section);
  const { value: file, failure, reload } = useLoaded(() => caseOnScreen(caseRef), [caseRef]);
  if (section === undefined) return <NoSuchPage />;
  if (file !== undefined) return <SectionForm file={file} section={section} />;
  return (
    <Page heading={section.heading}>
      {failure && <FailurePanel failure={failure} retry={reload} />}
    </Page>
  );
}
