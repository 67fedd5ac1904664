import { IncidentKindSchema, RouteSchema } from "@api/events/v1/values_pb.js";
import type { CaseFile } from "@api/v1/case_pb.js";
import { CaseService } from "@api/v1/case_service_pb.js";
import type { DescMethod } from "@bufbuild/protobuf";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { useLoaded } from "../page/use_loaded.js";
import { currentSession, handlesCases } from "../session/session.js";
import { capitalised, phrase } from "../words/event_words.js";
import { CaseTags } from "./case_tags.js";
import { ChangedMeanwhile } from "./changed_meanwhile.js";
import { offerOf } from "./offers.js";
import { caseOnScreen, openCase } from "./open_case.js";

interface CaseFrameProps {
  caseRef: string;
  heading: string;
  children(file: CaseFile, isWhole: boolean): ComponentChildren;
}

const PAGES: { at: string; text: string; method?: DescMethod }[] = [
  { at: "", text: "History" },
  { at: "/files", text: "Files" },
  { at: "/actions", text: "What to do" },
  { at: "/registers", text: "Registers", method: CaseService.method.checkRegisters },
  { at: "/access", text: "Who looked" },
];

// Whether all entries are there: a reporter is shown their own and what they were told.
export function isShownWhole(file: CaseFile): boolean {
  return BigInt(file.timeline.length) >= (file.summary?.revision ?? 0n);
}

function IdentityBar({ file }: { file: CaseFile }) {
  const { summary } = file;
  if (summary === undefined) return null;
  const targets = summary.targetNames.join(", ");
  return (
    <section class="wb-identity-bar" aria-label="The case">
      <div class="wb-identity">
        <p class="wb-identity__line">
          <strong class="wb-identity__ref">{summary.caseRef}</strong>
          <CaseTags summary={summary} />
        </p>
        <p class="govuk-body govuk-!-margin-bottom-0 wb-typed">
          {capitalised(phrase(IncidentKindSchema, summary.kind))} ·{" "}
          {targets === "" ? "Nobody named as target" : `Target: ${targets}`} · With{" "}
          {phrase(RouteSchema, summary.route)}
        </p>
      </div>
    </section>
  );
}

function SubNavigation({ caseRef, at, file }: { caseRef: string; at: string; file: CaseFile }) {
  // The others are for those who handle the case. A reporter sees it whole as well, until
  // somebody else records something in it.
  const handles = isShownWhole(file) && handlesCases(currentSession.value);
  const shown = (handles ? PAGES : PAGES.slice(0, 3)).filter(
    ({ method }) => method === undefined || offerOf(file, method) !== undefined,
  );
  return (
    <nav class="moj-sub-navigation" aria-label="The case">
      <ul class="moj-sub-navigation__list">
        {shown.map((page) => (
          <li key={page.at} class="moj-sub-navigation__item">
            <a
              class="moj-sub-navigation__link"
              href={`/cases/${caseRef}${page.at}`}
              aria-current={page.text === at ? "page" : undefined}
            >
              {page.text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

// What all pages of a case have: what it is, and the way to its other pages.
export function CaseFrame({ caseRef, heading, children }: CaseFrameProps) {
  const { failure, loading, reload } = useLoaded(() => caseOnScreen(caseRef), [caseRef]);
  const open = openCase.value;
  const file = open?.caseRef === caseRef ? open.file : undefined;
  // It is closed while it is shown when a change that was sent from another page arrives.
  const isMissing = file === undefined && failure === undefined && !loading;
  useEffect(() => {
    if (isMissing) reload();
  }, [isMissing]);
  if (file === undefined) {
    return (
      <Page heading={failure === undefined ? "Case" : "This case cannot be shown"}>
        {failure && <FailurePanel failure={failure} retry={reload} />}
      </Page>
    );
  }
  const isWhole = isShownWhole(file);
  return (
    <>
      <IdentityBar file={file} />
      <SubNavigation caseRef={caseRef} at={heading} file={file} />
      <Page heading={heading} caption={`Case ${caseRef}`} wide>
        <ChangedMeanwhile caseRef={caseRef} file={file} />
        {children(file, isWhole)}
      </Page>
    </>
  );
}
