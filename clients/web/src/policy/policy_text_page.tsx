import { PolicyService } from "@api/v1/policy_service_pb.js";
import { client } from "../api/client.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { useLoaded } from "../page/use_loaded.js";

export function PolicyTextPage() {
  const { value, failure, reload } = useLoaded(
    () => client(PolicyService).getPolicyVersion({}),
    [],
  );
  return (
    <Page
      heading={value?.version?.title ?? "The policy"}
      back={{ to: "/policy", text: "Back to the policy" }}
    >
      {failure && <FailurePanel failure={failure} retry={reload} />}
      <div class="govuk-body wb-typed">{value?.version?.content}</div>
    </Page>
  );
}
