import { Role } from "@api/events/v1/values_pb.js";
import { LinkList } from "../page/link_list.js";
import { Page } from "../page/page.js";
import { currentSession, handlesCases, holdsAny } from "../session/session.js";
import { FullCheck } from "./full_check.js";
import { LogVerdict } from "./log_verdict.js";

// The plain verdict first, then what else can be looked into.
export function AuditPage() {
  const session = currentSession.value;
  if (session === undefined) return null;
  return (
    <Page heading="Audit">
      <LogVerdict schoolId={session.schoolId} />
      <LinkList
        links={[
          {
            to: "/audit/case",
            text: "Check that the records of a case are whole and unchanged",
            shown: handlesCases(session),
          },
          {
            to: "/audit/refusals",
            text: "What was refused in the school",
            shown: holdsAny(session, Role.AUDITOR),
          },
          {
            to: "/audit/counts",
            text: "Numbers for the Governing Body",
            shown: holdsAny(session, Role.HEADTEACHER, Role.CHAIR_OF_GOVERNORS),
          },
        ]}
      />
      {handlesCases(session) && (
        <p class="govuk-body">
          Who looked at a case, and what was refused in it, stands in the case under “Who looked”.
          There you can also save the case as one file that anybody can check.
        </p>
      )}
      {holdsAny(session, Role.AUDITOR, Role.ADMINISTRATOR) && <FullCheck />}
    </Page>
  );
}
