import { AuditService } from "@api/v1/audit_service_pb.js";
import { client } from "../api/client.js";
import { everyPage } from "../api/every_page.js";
import { FailurePanel } from "../page/failure_panel.js";
import { LinkList } from "../page/link_list.js";
import type { PageProps } from "../page/route.js";
import { TableHead } from "../page/table_head.js";
import { useLoaded } from "../page/use_loaded.js";
import { writtenTime } from "../words/written_time.js";
import { CaseFrame } from "./case_frame.js";

function AccessTable({ caseRef }: { caseRef: string }) {
  const {
    value: entries,
    failure,
    reload,
  } = useLoaded(
    () =>
      everyPage(
        (pageToken) => client(AuditService).listAccess({ caseRef, pageSize: 200, pageToken }),
        (page) => page.entries,
      ),
    [caseRef],
  );
  if (failure) return <FailurePanel failure={failure} retry={reload} />;
  if (entries === undefined) return null;
  return (
    <table class="govuk-table wb-stacked">
      <caption class="govuk-table__caption govuk-table__caption--m">
        Who was shown what, newest first
      </caption>
      <TableHead columns={["When", "Who", "What"]} />
      <tbody class="govuk-table__body">
        {[...entries].reverse().map((entry) => (
          <tr class="govuk-table__row" key={String(entry.position)}>
            <td class="govuk-table__cell" data-label="When">
              {writtenTime(entry.recordedTime)}
            </td>
            <td class="govuk-table__cell" data-label="Who">
              {entry.actorName}
            </td>
            <td class="govuk-table__cell wb-typed" data-label="What">
              {entry.what}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function CaseAccessPage({ parameters }: PageProps) {
  const caseRef = parameters.caseRef ?? "";
  return (
    <CaseFrame caseRef={caseRef} heading="Who looked">
      {() => (
        <>
          <LinkList
            links={[
              {
                to: `/audit/case/${caseRef}`,
                text: "Check that the records of this case are whole and unchanged",
                shown: true,
              },
              {
                to: `/cases/${caseRef}/export`,
                text: "Save the case as one file that can be checked",
                shown: true,
              },
            ]}
          />
          <AccessTable caseRef={caseRef} />
        </>
      )}
    </CaseFrame>
  );
}
