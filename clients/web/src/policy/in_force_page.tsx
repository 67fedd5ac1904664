import { type GetPolicyStatusResponse, PolicyService } from "@api/v1/policy_service_pb.js";
import { useState } from "preact/hooks";
import { client } from "../api/client.js";
import type { Field } from "../form/field.js";
import { FormPage } from "../form/form_page.js";
import { writtenStoredDate } from "../words/written_time.js";

const FIELDS: Field[] = [
  {
    kind: "when",
    name: "at_time",
    label: "On which day?",
    missing: "Enter the day that you ask about",
    dateOnly: true,
  },
];

function Answer({ status }: { status: GetPolicyStatusResponse }) {
  const version = status.inForce;
  return (
    <div class="wb-verdict" role="status">
      {version === undefined ? (
        <p class="govuk-body">No version was in force then.</p>
      ) : (
        <p class="govuk-body">
          <a class="govuk-link" href={`/policy/versions/${version.versionId}`}>
            {version.title}
          </a>
          , in force since {writtenStoredDate(version.approvedOn)}
        </p>
      )}
    </div>
  );
}

// What held when something happened is asked about days that are long past.
export function InForcePage() {
  const [status, setStatus] = useState<GetPolicyStatusResponse>();
  return (
    <FormPage
      heading="Which version was in force on a day?"
      back={{ to: "/policy", text: "Back to the policy" }}
      draft="policy-in-force"
      fields={FIELDS}
      submit="Show it"
      send={async ({ answers }) => {
        const atTime = answers.moment("at_time");
        setStatus(
          await client(PolicyService).getPolicyStatus(atTime === undefined ? {} : { atTime }),
        );
      }}
    >
      {status && <Answer status={status} />}
    </FormPage>
  );
}
