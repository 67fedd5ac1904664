import { PolicyService } from "@api/v1/policy_service_pb.js";
import { client } from "../api/client.js";
import { everyPage } from "../api/every_page.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { TableHead } from "../page/table_head.js";
import { useLoaded } from "../page/use_loaded.js";
import { currentSession } from "../session/session.js";
import { writtenStoredDate, writtenTime } from "../words/written_time.js";
import { overseesPolicy } from "./policy_roles.js";
import { VersionTag } from "./version_words.js";

export function VersionsPage() {
  const {
    value: versions,
    failure,
    reload,
  } = useLoaded(
    () =>
      everyPage(
        (pageToken) => client(PolicyService).listPolicyVersions({ pageSize: 200, pageToken }),
        (page) => page.versions,
      ),
    [],
  );
  return (
    <Page
      heading="Versions of the policy"
      back={{ to: "/policy", text: "Back to the policy" }}
      wide
    >
      {overseesPolicy(currentSession.value) && (
        <a href="/policy/draft" class="govuk-button">
          Draft a new version
        </a>
      )}
      {failure && !versions && <FailurePanel failure={failure} retry={reload} />}
      {versions?.length === 0 && <p class="govuk-body">There is no version on record.</p>}
      {versions && versions.length > 0 && (
        <table class="govuk-table wb-stacked">
          <caption class="govuk-table__caption govuk-visually-hidden">
            Versions, the newest first
          </caption>
          <TableHead columns={["Version", "Stage", "Since", "Signatures"]} />
          <tbody class="govuk-table__body">
            {[...versions].reverse().map((version) => (
              <tr class="govuk-table__row" key={version.versionId}>
                <th scope="row" class="govuk-table__header wb-typed">
                  <a class="govuk-link" href={`/policy/versions/${version.versionId}`}>
                    {version.title}
                  </a>
                </th>
                <td class="govuk-table__cell" data-label="Stage">
                  <VersionTag version={version} />
                </td>
                <td class="govuk-table__cell" data-label="Since">
                  {version.approvedOn === ""
                    ? `Drafted ${writtenTime(version.draftTime)}`
                    : writtenStoredDate(version.approvedOn)}
                </td>
                <td class="govuk-table__cell" data-label="Signatures">
                  {version.signatures.map((signature) => signature.name).join(", ") || "None"}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Page>
  );
}
