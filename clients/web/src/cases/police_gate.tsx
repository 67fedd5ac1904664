import type { CaseFile } from "@api/v1/case_pb.js";
import { CaseService } from "@api/v1/case_service_pb.js";
import { ClauseLinks } from "../page/clause_links.js";
import { mayDoNow } from "./offers.js";

// Where an indecent image is suspected: whether the police are still to be told, or to let
// the school go on. Who is not told either knows only that it is suspected.
export type PoliceGate = "none" | "call" | "wait" | "suspected";

export function policeGateOf(file: CaseFile): PoliceGate {
  if (!file.summary?.indecentImageSuspected) return "none";
  const codes = new Set([
    ...file.remainingSteps.map(({ code }) => code),
    ...file.actions.map(({ refused }) => refused?.code),
  ]);
  if (codes.has("R-IIOC-POLICE-FIRST")) return "call";
  return codes.has("R-IIOC-NO-INVESTIGATION") ? "wait" : "suspected";
}

const FIRST_WORDS = {
  call: "Call the police now: 101, or 999 if a child is in danger. Then record it.",
  wait: "The police know. The school looks into nothing until they say so.",
  suspected: "An indecent image of a child is suspected: the police come first.",
};

// What comes before all else, on top of what there is to do.
export function PoliceGatePanel({ file }: { file: CaseFile }) {
  const gate = policeGateOf(file);
  if (gate === "none") return null;
  const to = `/cases/${file.summary?.caseRef}/do`;
  const { recordPoliceInformed, recordPreservationStep, recordPoliceRelease } = CaseService.method;
  return (
    <section class="wb-urgent" aria-labelledby="police-gate">
      <h2 class="govuk-heading-m" id="police-gate">
        {FIRST_WORDS[gate]}
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>Do not open, copy, print or send the image, and do not say what it shows.</li>
        <li>Leave the device as it is, and lock it away.</li>
        <li>No file of this case is added or shown to anybody.</li>
      </ul>
      <p class="govuk-body">
        <ClauseLinks clauses={["P36", "P37", "P38"]} /> of the policy say so.
      </p>
      {gate === "call" && mayDoNow(file, recordPoliceInformed) && (
        <a class="govuk-button wb-no-print" href={`${to}/police-informed`}>
          Record that the police were called
        </a>
      )}
      {gate === "wait" && (
        <ul class="govuk-list wb-no-print">
          {mayDoNow(file, recordPreservationStep) && (
            <li>
              <a class="govuk-link" href={`${to}/preserve`}>
                Record what was done to preserve a device
              </a>
            </li>
          )}
          {mayDoNow(file, recordPoliceRelease) && (
            <li>
              <a class="govuk-link" href={`${to}/police-release`}>
                Record that the police let the school go on
              </a>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
