import type { PolicyVersion } from "@api/v1/policy_service_pb.js";
import { FailurePanel } from "../page/failure_panel.js";
import { LinkList } from "../page/link_list.js";
import { Page } from "../page/page.js";
import type { PageProps } from "../page/route.js";
import { SummaryList } from "../page/summary_list.js";
import { useLoaded } from "../page/use_loaded.js";
import { currentSession } from "../session/session.js";
import { hexOf } from "../words/hex.js";
import { answersForPolicy, officesOf, overseesPolicy } from "./policy_roles.js";
import { useVersion } from "./use_version.js";
import { rowsOfVersion } from "./version_words.js";

function Actions({ version }: { version: PolicyVersion }) {
  const session = currentSession.value;
  if (version.approvedOn !== "") return null;
  const offices = officesOf(session);
  const hasToSign = offices.some(
    (office) => !version.signatures.some((signature) => signature.office === office),
  );
  const to = `/policy/versions/${version.versionId}`;
  const links = [
    { to: `${to}/sign`, text: "Sign this text", shown: hasToSign },
    { to: `${to}/approve`, text: "Put it in force", shown: answersForPolicy(session) },
    { to: `${to}/revise`, text: "Change the text", shown: overseesPolicy(session) },
  ];
  return <LinkList links={links} />;
}

// Whether the text is the one that the hash is of: the browser finds out by itself.
export async function isTextOfHash({ content, contentSha256 }: PolicyVersion): Promise<boolean> {
  const bytes = new TextEncoder().encode(content);
  return hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))) === contentSha256;
}

export function VersionText({ version }: { version: PolicyVersion }) {
  const { value: isTrue } = useLoaded(() => isTextOfHash(version), [version.contentSha256]);
  return (
    <>
      {isTrue === false && (
        <div class="wb-failure" role="alert">
          <h2 class="govuk-heading-m">This text is not the one that was recorded</h2>
          <p class="govuk-body">
            Its SHA-256 is another. Do not sign it, and tell whoever runs the server.
          </p>
        </div>
      )}
      <div class="govuk-body wb-typed">{version.content}</div>
    </>
  );
}

export function VersionPage({ parameters }: PageProps) {
  const { value, failure, reload } = useVersion(parameters.version ?? "");
  const version = value?.version;
  return (
    <Page
      heading={version?.title ?? "A version of the policy"}
      back={{ to: "/policy/versions", text: "Back to the versions" }}
    >
      {failure && !value && <FailurePanel failure={failure} retry={reload} />}
      {version && (
        <>
          <SummaryList rows={rowsOfVersion(version)} />
          <Actions version={version} />
          <h2 class="govuk-heading-m">The text</h2>
          <VersionText version={version} />
        </>
      )}
    </Page>
  );
}
