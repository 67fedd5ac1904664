import { PolicyService } from "@api/v1/policy_service_pb.js";
import { client } from "../api/client.js";
import type { Field } from "../form/field.js";
import { FormPage } from "../form/form_page.js";
import { FailurePanel } from "../page/failure_panel.js";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import type { PageProps } from "../page/route.js";
import { useVersion } from "./use_version.js";

// As the server has it.
const FIELDS: Field[] = [
  { kind: "line", name: "title", label: "What is the version called?", max: 200 },
  { kind: "text", name: "content", label: "The whole text", max: 200_000, rows: 25 },
];

const NEXT = "The Headteacher and the Chair of Governors each read it and sign it.";

export function DraftPage() {
  return (
    <FormPage
      heading="Draft a new version"
      back={{ to: "/policy/versions", text: "Back to the versions" }}
      draft="policy-draft"
      fields={FIELDS}
      submit="Record this draft"
      send={async ({ answers, requestId, leaveFor }) => {
        const { versionId } = await client(PolicyService).draftPolicyVersion({
          requestId,
          title: answers.text("title"),
          content: answers.text("content"),
        });
        tell("The draft is recorded.", NEXT);
        leaveFor(`/policy/versions/${versionId}`);
      }}
    >
      <p class="govuk-body">
        Paste the text from where it was written. It is not in force until both have signed it and
        it was put in force.
      </p>
    </FormPage>
  );
}

export function RevisePage({ parameters }: PageProps) {
  const versionId = parameters.version ?? "";
  const { value, failure, reload } = useVersion(versionId);
  const back = { to: `/policy/versions/${versionId}`, text: "Back to the version" };
  if (value === undefined) {
    return (
      <Page heading="Change the text of a draft" back={back}>
        {failure && <FailurePanel failure={failure} retry={reload} />}
      </Page>
    );
  }
  const { version, revision } = value;
  return (
    <FormPage
      heading="Change the text of a draft"
      back={back}
      draft={`policy-revise ${versionId}`}
      seen={revision}
      fields={FIELDS}
      initial={{ title: version.title, content: version.content }}
      submit="Record this text"
      send={async ({ answers, requestId, expectedRevision, leaveFor }) => {
        await client(PolicyService).revisePolicyDraft({
          requestId,
          expectedRevision: expectedRevision ?? revision,
          versionId,
          title: answers.text("title"),
          content: answers.text("content"),
        });
        tell("The draft has its new text.", NEXT);
        leaveFor(back.to);
      }}
    >
      <p class="govuk-body">Whoever has signed the text so far signs it anew.</p>
    </FormPage>
  );
}
