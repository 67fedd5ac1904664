import { PolicyService } from "@api/v1/policy_service_pb.js";
import { client } from "../api/client.js";
import { everyPage } from "../api/every_page.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { useLoaded } from "../page/use_loaded.js";
import { ClauseDetails } from "./clause_page.js";

export function ClausesPage() {
  const {
    value: clauses,
    failure,
    reload,
  } = useLoaded(
    () =>
      everyPage(
        (pageToken) => client(PolicyService).listClauses({ pageSize: 200, pageToken }),
        (page) => page.clauses,
      ),
    [],
  );
  return (
    <Page heading="The clauses of the policy" back={{ to: "/policy", text: "Back to the policy" }}>
      {failure && <FailurePanel failure={failure} retry={reload} />}
      {clauses?.map((clause) => (
        <section key={clause.number} id={clause.number}>
          <h2 class="govuk-heading-m">
            <a class="govuk-link" href={`/policy/clauses/${clause.number}`}>
              {clause.number}. {clause.title}
            </a>
          </h2>
          <ClauseDetails clause={clause} />
        </section>
      ))}
    </Page>
  );
}
