import type { CaseFile } from "@api/v1/case_pb.js";
import { ReferralService } from "@api/v1/referral_service_pb.js";
import { referralsOf } from "../cases/actions/referrals.js";
import { CaseFrame } from "../cases/case_frame.js";
import { mayDoNow, offersOf } from "../cases/offers.js";
import type { PageProps } from "../page/route.js";
import { writtenTime } from "../words/written_time.js";
import { FORM_SECTIONS, type FormSection } from "./form_sections.js";
import { missingFields, type Prepared, preparedSections } from "./prepared.js";

function Status({ missing, prepared }: { missing: number; prepared: Prepared | undefined }) {
  if (prepared === undefined) {
    return <strong class="govuk-tag govuk-tag--blue">Not started</strong>;
  }
  if (missing === 0) return <>Complete</>;
  return <strong class="govuk-tag govuk-tag--yellow">{missing}&nbsp;missing</strong>;
}

interface SectionItemProps {
  caseRef: string;
  section: FormSection;
  prepared: Prepared | undefined;
}

function SectionItem({ caseRef, section, prepared }: SectionItemProps) {
  const missing = missingFields(section, prepared).length;
  return (
    <li class="govuk-task-list__item govuk-task-list__item--with-link">
      <div class="govuk-task-list__name-and-hint">
        <a
          class="govuk-link govuk-task-list__link"
          href={`/cases/${caseRef}/referral/${section.id}${prepared ? "/check" : ""}`}
          aria-describedby={`${section.id}-status`}
        >
          {section.heading}
        </a>
        {prepared && (
          <div class="govuk-task-list__hint">
            By {prepared.by}, {writtenTime(prepared.time)}
          </div>
        )}
      </div>
      <div class="govuk-task-list__status" id={`${section.id}-status`}>
        <Status missing={missing} prepared={prepared} />
      </div>
    </li>
  );
}

function Sections({ caseRef, file }: { caseRef: string; file: CaseFile }) {
  const prepared = preparedSections(file);
  return (
    <ul class="govuk-task-list">
      {FORM_SECTIONS.map((section) => (
        <SectionItem
          key={section.id}
          caseRef={caseRef}
          section={section}
          prepared={prepared.get(section.section)}
        />
      ))}
    </ul>
  );
}

function Submitted({ file }: { file: CaseFile }) {
  const submitted = referralsOf(file).find(({ ended }) => !ended)?.submitted;
  if (submitted === undefined) return null;
  return (
    <div class="govuk-inset-text">
      It is recorded that {submitted.by} submitted it
      {submitted.reference !== "" && (
        <>
          , with the reference <strong class="wb-typed">{submitted.reference}</strong>
        </>
      )}
      .
    </div>
  );
}

// What stands in the steps above.
const BEFORE_AN_ANSWER: ReadonlySet<string> = new Set([
  "/do/refer",
  "/do/referral-submitted",
  "/referral",
  "/referral-form",
]);

// What the council says is recorded with the name of who said it.
function WhatComesBack({ file }: { file: CaseFile }) {
  const start = `/cases/${file.summary?.caseRef}`;
  const links = offersOf(file).filter(
    ({ group, refused, to }) =>
      group === "Referral" && refused === undefined && !BEFORE_AN_ANSWER.has(to.replace(start, "")),
  );
  if (links.length === 0) {
    return <p class="govuk-body">There is nothing to record before the case is referred.</p>;
  }
  return (
    <ul class="govuk-list govuk-list--spaced">
      {links.map(({ to, title }) => (
        <li key={to}>
          <a class="govuk-link" href={to}>
            {title}
          </a>
        </li>
      ))}
    </ul>
  );
}

// What the council's form asks for, a task a section: several people may see to it.
export function ReferralPage({ parameters }: PageProps) {
  const caseRef = parameters.caseRef ?? "";
  return (
    <CaseFrame caseRef={caseRef} heading="What the council’s form asks for">
      {(file) => (
        <>
          <p class="govuk-body">
            Several people may fill this in, in any order. Nothing of it stands in the way of a
            referral: if a child is at risk, refer now and add the rest afterwards.
          </p>
          {!file.summary?.referred && mayDoNow(file, ReferralService.method.referCase) && (
            <a class="govuk-button govuk-button--secondary" href={`/cases/${caseRef}/do/refer`}>
              Refer to Lancashire Safeguarding now
            </a>
          )}
          <h2 class="govuk-heading-m">1. Fill in what you know</h2>
          <Sections caseRef={caseRef} file={file} />
          <h2 class="govuk-heading-m">2. Copy it into the council’s form</h2>
          <p class="govuk-body">
            Wardbook sends nothing. The council takes referrals on its own form only:{" "}
            <a class="govuk-link" href={`/cases/${caseRef}/referral-form`}>
              copy it from one page
            </a>
            .
          </p>
          <h2 class="govuk-heading-m">3. Say that you submitted it</h2>
          <Submitted file={file} />
          <p class="govuk-body">
            <a class="govuk-link" href={`/cases/${caseRef}/do/referral-submitted`}>
              I have submitted it
            </a>
            , with the reference that the form gave.
          </p>
          <h2 class="govuk-heading-m">4. Record what comes back</h2>
          <WhatComesBack file={file} />
        </>
      )}
    </CaseFrame>
  );
}
