import type { SaferOnlinePoint } from "@api/events/v1/policy_event_pb.js";
import { PolicyService } from "@api/v1/policy_service_pb.js";
import { client } from "../api/client.js";
import type { Field } from "../form/field.js";
import { FormPage } from "../form/form_page.js";
import { FailurePanel } from "../page/failure_panel.js";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import { useLoaded } from "../page/use_loaded.js";
import { SAFER_ONLINE_POINTS } from "./safer_online_points.js";

const BACK = { to: "/policy", text: "Back to the policy" };

const FIELDS: Field[] = [
  {
    kind: "choices",
    name: "ticks",
    label: "Which of these can you say of yourself?",
    hint: "This is advice. You may leave any of them out, and nobody asks for your accounts.",
    optional: true,
    options: Object.entries(SAFER_ONLINE_POINTS).map(([value, text]) => ({ value, text })),
  },
  {
    kind: "tick",
    name: "read",
    label: "I have read the policy and will keep to it",
    missing: "Tick that you have read the policy and will keep to it",
  },
];

// For oneself alone, and anew for each version (P03).
export function AcknowledgePage() {
  const { value, failure, reload } = useLoaded(
    () => client(PolicyService).getPolicyVersion({}),
    [],
  );
  const version = value?.version;
  if (version === undefined) {
    return (
      <Page heading="Acknowledge the policy" back={BACK}>
        {failure && <FailurePanel failure={failure} retry={reload} />}
      </Page>
    );
  }
  return (
    <FormPage
      heading="Acknowledge the policy"
      back={BACK}
      draft={`acknowledge ${version.versionId}`}
      fields={FIELDS}
      submit="Acknowledge the policy"
      send={async ({ answers, requestId, leaveFor }) => {
        await client(PolicyService).acknowledgePolicy({
          requestId,
          versionId: version.versionId,
          ticks: answers.choices<SaferOnlinePoint>("ticks"),
        });
        tell("You have acknowledged the policy.");
        leaveFor("/policy");
      }}
    >
      <h2 class="govuk-heading-m">{version.title}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <section class="wb-scroll govuk-body wb-typed" tabIndex={0} aria-label={version.title}>
        {version.content}
      </section>
    </FormPage>
  );
}
