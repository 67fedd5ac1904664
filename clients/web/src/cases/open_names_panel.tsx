import type { CaseFile } from "@api/v1/case_pb.js";
import { EscalationService } from "@api/v1/escalation_service_pb.js";
import { mayDoNow } from "./offers.js";

// Names that the report gives alone and that may mean somebody of the school: until that is
// settled the case is kept from them, and perhaps from somebody who should handle it.
export function OpenNamesPanel({ file }: { file: CaseFile }) {
  const { openNames } = file;
  if (openNames.length === 0) return null;
  const to = `/cases/${file.summary?.caseRef}/do`;
  const { settleName, declareConflict } = EscalationService.method;
  return (
    <section class="wb-urgent" aria-labelledby="open-names">
      <h2 class="govuk-heading-m" id="open-names">
        {openNames.length === 1
          ? "It is open whom a name in the report means"
          : "It is open whom some names in the report mean"}
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {openNames.map((name) => (
          <li key={name} class="wb-typed">
            <strong>{name}</strong>
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        Somebody of that name is in the school’s register, or came into it since. Until it is
        settled, this case is kept from whoever it may mean, also if they would handle it.
      </p>
      <ul class="govuk-list govuk-list--bullet wb-no-print">
        {mayDoNow(file, settleName) && (
          <li>
            If somebody else is meant:{" "}
            <a class="govuk-link" href={`${to}/settle-name`}>
              settle whom the name means
            </a>
            .
          </li>
        )}
        {mayDoNow(file, declareConflict) && (
          <li>
            If they are meant:{" "}
            <a class="govuk-link" href={`${to}/conflict`}>
              declare a conflict of interest for them
            </a>
            .
          </li>
        )}
        {!mayDoNow(file, settleName) && (
          <li>Those who handle the case can settle it. Tell one of them whom it means.</li>
        )}
      </ul>
    </section>
  );
}
