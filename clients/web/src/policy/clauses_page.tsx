import { ClauseForce, PolicyService } from "@api/v1/policy_service_pb.js";
import { client } from "../api/client.js";
import { everyPage } from "../api/every_page.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { SummaryList } from "../page/summary_list.js";
import { useLoaded } from "../page/use_loaded.js";

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
            {clause.number}. {clause.title}
          </h2>
          <SummaryList
            rows={[
              { term: "The policy says", text: clause.words },
              { term: "Binds", text: clause.binds },
              {
                term: clause.force === ClauseForce.RULE ? "Wardbook holds" : "Wardbook asks",
                text: clause.rule,
              },
              ...clause.refusals.map((refusal) => ({
                term: refusal.code,
                text: `${refusal.message}\n${refusal.nextStep}`,
              })),
            ]}
          />
        </section>
      ))}
    </Page>
  );
}
