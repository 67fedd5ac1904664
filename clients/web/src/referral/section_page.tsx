import type { CaseFile } from "@api/v1/case_pb.js";
import { ReferralService } from "@api/v1/referral_service_pb.js";
import { client } from "../api/client.js";
import { mayDoNow } from "../cases/offers.js";
import { caseOnScreen, closeCase } from "../cases/open_case.js";
import type { Field } from "../form/field.js";
import { FormPage } from "../form/form_page.js";
import { FailurePanel } from "../page/failure_panel.js";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import { NoSuchPage, type PageProps } from "../page/route.js";
import { SummaryList } from "../page/summary_list.js";
import { useLoaded } from "../page/use_loaded.js";
import { writtenTime } from "../words/written_time.js";
import { FORM_SECTIONS, type FormSection } from "./form_sections.js";
import { missingFields, type Prepared, preparedSections } from "./prepared.js";

// What is answered in a few words. Lines are kept as they were written from a terminal.
const BRIEF = new Set([
  "name",
  "role",
  "organisation",
  "telephone",
  "email",
  "case_manager",
  "subject_aware",
  "date_of_birth",
  "sex",
  "ethnicity",
  "job_title",
  "workplace",
  "length_of_service",
  "basis",
  "employer",
  "school",
  "first_language",
  "pupil_number",
  "reported_at",
  "category",
  "incidents",
]);

// Every field may stay empty: what is known is filled in, and the rest by somebody else.
function fieldsOf({ fields }: FormSection): Field[] {
  return fields.map(({ name, label, isNeeded }) => ({
    kind: "text",
    name,
    label,
    rows: BRIEF.has(name) ? 1 : 3,
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
      send={async ({ answers, requestId, expectedRevision, leaveFor }) => {
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
        closeCase(caseRef);
        tell(
          "The section is saved.",
          missingItems.length === 0 ? "Nothing is missing. Copy it into the council’s form." : "",
        );
        leaveFor(`${back.to}/${section.id}/check`);
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

// What was filled in, to be checked before it is copied; each answer can be changed.
function CheckSection({
  file,
  section,
  prepared,
}: {
  file: CaseFile;
  section: FormSection;
  prepared: Prepared;
}) {
  const caseRef = file.summary?.caseRef ?? "";
  const to = `/cases/${caseRef}/referral`;
  const missing = missingFields(section, prepared);
  const mayChange = mayDoNow(file, ReferralService.method.prepareReferralSection);
  return (
    <Page
      caption={`Case ${caseRef}: ${section.heading}`}
      heading="Check what was filled in"
      back={{ to, text: "Back to the sections" }}
    >
      <p class="govuk-body">
        By {prepared.by}, {writtenTime(prepared.time)}.
      </p>
      {missing.length > 0 && (
        <div class="govuk-inset-text">
          The council needs these as well: {missing.join("; ")}. Somebody else may fill them in, and
          nothing of it stands in the way of a referral.
        </div>
      )}
      <SummaryList
        rows={section.fields.map(({ name, label }) => ({
          term: label,
          text: prepared.fields.get(name) || "Not filled in",
          ...(mayChange ? { change: { to: `${to}/${section.id}`, what: label } } : {}),
        }))}
      />
      <a class="govuk-button" href={to}>
        Go on to the other sections
      </a>
    </Page>
  );
}

function useSection(parameters: PageProps["parameters"]) {
  const caseRef = parameters.caseRef ?? "";
  const section = FORM_SECTIONS.find(({ id }) => id === parameters.section);
  return { section, ...useLoaded(() => caseOnScreen(caseRef), [caseRef]) };
}

export function SectionPage({ parameters }: PageProps) {
  const { section, value: file, failure, reload } = useSection(parameters);
  if (section === undefined) return <NoSuchPage />;
  if (file !== undefined) return <SectionForm file={file} section={section} />;
  return (
    <Page heading={section.heading}>
      {failure && <FailurePanel failure={failure} retry={reload} />}
    </Page>
  );
}

export function CheckSectionPage({ parameters }: PageProps) {
  const { section, value: file, failure, reload } = useSection(parameters);
  if (section === undefined) return <NoSuchPage />;
  if (file === undefined) {
    return (
      <Page heading={section.heading}>
        {failure && <FailurePanel failure={failure} retry={reload} />}
      </Page>
    );
  }
  const prepared = preparedSections(file).get(section.section);
  if (prepared === undefined) return <SectionForm file={file} section={section} />;
  return <CheckSection file={file} section={section} prepared={prepared} />;
}
