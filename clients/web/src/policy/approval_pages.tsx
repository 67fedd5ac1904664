import { PolicyOffice } from "@api/events/v1/policy_event_pb.js";
import { PolicyService } from "@api/v1/policy_service_pb.js";
import { client } from "../api/client.js";
import type { Field } from "../form/field.js";
import { FormPage } from "../form/form_page.js";
import { FailurePanel } from "../page/failure_panel.js";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import type { PageProps } from "../page/route.js";
import { SummaryList } from "../page/summary_list.js";
import { currentSession } from "../session/session.js";
import { OFFICE_WORDS, officesOf } from "./policy_roles.js";
import { useVersion } from "./use_version.js";
import { isTextOfHash, VersionText } from "./version_page.js";
import { rowsOfVersion } from "./version_words.js";

const backTo = (versionId: string) => ({
  to: `/policy/versions/${versionId}`,
  text: "Back to the version",
});

// What is signed is the hash of the text that stands on this page, and the browser has made
// sure that it is.
export function SignPage({ parameters }: PageProps) {
  const versionId = parameters.version ?? "";
  const { value, failure, reload } = useVersion(versionId);
  const offices = officesOf(currentSession.value);
  const back = backTo(versionId);
  if (value === undefined) {
    return (
      <Page heading="Sign the policy" back={back}>
        {failure && <FailurePanel failure={failure} retry={reload} />}
      </Page>
    );
  }
  const { version, revision } = value;
  const fields: Field[] = [
    ...(offices.length === 1
      ? []
      : [
          {
            kind: "choice" as const,
            name: "office",
            label: "In which office do you sign?",
            options: [PolicyOffice.HEADTEACHER, PolicyOffice.CHAIR_OF_GOVERNORS].map((office) => ({
              value: String(office),
              text: OFFICE_WORDS[office],
            })),
          },
        ]),
    {
      kind: "tick",
      name: "read",
      label: "I have read this text and sign it",
      missing: "Tick that you have read the text and sign it",
    },
  ];
  return (
    <FormPage
      heading="Sign the policy"
      caption={version.title}
      back={back}
      draft={`policy-sign ${version.contentSha256}`}
      seen={revision}
      fields={fields}
      submit="Sign this text"
      send={async ({ answers, requestId, expectedRevision, leaveFor }) => {
        if (!(await isTextOfHash(version))) throw new Error("the text is not that of its hash");
        await client(PolicyService).signPolicyVersion({
          requestId,
          expectedRevision: expectedRevision ?? revision,
          versionId,
          office: offices.length === 1 && offices[0] ? offices[0] : answers.choice("office"),
          contentSha256: version.contentSha256,
        });
        tell("The text is signed.", "With both signatures it can be put in force.");
        leaveFor(back.to);
      }}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <section class="wb-scroll" tabIndex={0} aria-label={version.title}>
        <VersionText version={version} />
      </section>
    </FormPage>
  );
}

export function ApprovePage({ parameters }: PageProps) {
  const versionId = parameters.version ?? "";
  const { value, failure, reload } = useVersion(versionId);
  const back = backTo(versionId);
  if (value === undefined) {
    return (
      <Page heading="Put a version in force" back={back}>
        {failure && <FailurePanel failure={failure} retry={reload} />}
      </Page>
    );
  }
  const { version, revision } = value;
  return (
    <FormPage
      heading="Put a version in force"
      caption={version.title}
      back={back}
      draft={`policy-approve ${versionId}`}
      seen={revision}
      fields={[
        {
          kind: "when",
          name: "approved_on",
          label: "Since when is it in force?",
          hint: "The day of the governors’ decision, today or before. For example, 14 5 2026",
          dateOnly: true,
        },
        {
          kind: "when",
          name: "review_on",
          label: "When is it reviewed next?",
          hint: "At most a year later (P02). For example, 14 5 2027",
          dateOnly: true,
        },
      ]}
      submit="Put it in force"
      send={async ({ answers, requestId, expectedRevision, leaveFor }) => {
        await client(PolicyService).approvePolicyVersion({
          requestId,
          expectedRevision: expectedRevision ?? revision,
          versionId,
          approvedOn: answers.date("approved_on"),
          reviewOn: answers.date("review_on"),
        });
        tell("The version is in force.", "Everybody of the school is asked to acknowledge it.");
        leaveFor(back.to);
      }}
    >
      <SummaryList rows={rowsOfVersion(version)} />
    </FormPage>
  );
}
