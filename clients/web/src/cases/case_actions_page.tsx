import type { PageProps } from "../page/route.js";
import { CaseFrame } from "./case_frame.js";
import { NotYetList } from "./not_yet_list.js";
import { type OfferGroup, offerGroups, offersOf } from "./offers.js";
import { OpenNamesPanel } from "./open_names_panel.js";
import { PoliceGatePanel, policeGateOf } from "./police_gate.js";
import { RemainingSteps } from "./remaining_steps.js";

function Group({ group, now, notYet }: OfferGroup) {
  return (
    <section>
      <h2 class="govuk-heading-m">{group}</h2>
      {now.length > 0 && (
        <ul class="govuk-list govuk-list--spaced">
          {now.map(({ title, to }) => (
            <li key={to}>
              <a class="govuk-link" href={to}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      )}
      <NotYetList notYet={notYet} of={group} />
    </section>
  );
}

function NothingToDo({ caseRef }: { caseRef: string }) {
  return (
    <p class="govuk-body">
      There is nothing for you to do in this case now. You can read{" "}
      <a class="govuk-link" href={`/cases/${caseRef}`}>
        what was recorded
      </a>
      , and those who handle the case see to the rest.
    </p>
  );
}

export function CaseActionsPage({ parameters }: PageProps) {
  const caseRef = parameters.caseRef ?? "";
  return (
    <CaseFrame caseRef={caseRef} heading="What to do">
      {(file) => {
        const offers = offersOf(file);
        const hasNow = offers.some(({ refused }) => refused === undefined);
        const urgent = policeGateOf(file) === "none" ? undefined : "Police";
        return (
          <>
            <PoliceGatePanel file={file} />
            <OpenNamesPanel file={file} />
            <RemainingSteps file={file} />
            {!hasNow && <NothingToDo caseRef={caseRef} />}
            {offerGroups(offers, urgent).map((group) => (
              <Group key={group.group} {...group} />
            ))}
          </>
        );
      }}
    </CaseFrame>
  );
}
