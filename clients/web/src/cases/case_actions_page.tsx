import type { CaseFile } from "@api/v1/case_pb.js";
import type { PageProps } from "../page/route.js";
import type { Action, Group } from "./actions/action.js";
import { ACTIONS } from "./actions/actions.js";
import { CaseFrame } from "./case_frame.js";
import { RemainingSteps } from "./remaining_steps.js";

const GROUPS: Group[] = [
  "First",
  "Advice",
  "Referral",
  "Police",
  "Deciding",
  "Outside the case",
  "Closing",
];

function shownActions(file: CaseFile, isWhole: boolean): Action[] {
  const isImage = file.summary?.indecentImageSuspected ?? false;
  return ACTIONS.filter((action) => isWhole || action.forReporter).filter(
    (action) => !isImage || action.id !== "suspect-image",
  );
}

function ActionList({
  group,
  actions,
  caseRef,
}: {
  group: Group;
  actions: Action[];
  caseRef: string;
}) {
  if (actions.length === 0) return null;
  return (
    <section>
      <h2 class="govuk-heading-m">{group}</h2>
      <ul class="govuk-list">
        {actions.map((action) => (
          <li key={action.id}>
            <a class="govuk-link" href={`/cases/${caseRef}/do/${action.id}`}>
              {action.title}
            </a>
          </li>
        ))}
        {group === "Referral" && (
          <li>
            <a class="govuk-link" href={`/cases/${caseRef}/referral-form`}>
              Copy from the page for the council’s form
            </a>
          </li>
        )}
      </ul>
    </section>
  );
}

export function CaseActionsPage({ parameters }: PageProps) {
  const caseRef = parameters.caseRef ?? "";
  return (
    <CaseFrame caseRef={caseRef} heading="What to do">
      {(file, isWhole) => (
        <>
          <RemainingSteps caseRef={caseRef} steps={file.remainingSteps} />
          <p class="govuk-body">
            If the policy forbids something now, you are told why, which clause says so, and what
            can be done instead.
          </p>
          {GROUPS.map((group) => (
            <ActionList
              key={group}
              group={group}
              caseRef={caseRef}
              actions={shownActions(file, isWhole).filter((action) => action.group === group)}
            />
          ))}
        </>
      )}
    </CaseFrame>
  );
}
