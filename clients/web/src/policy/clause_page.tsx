import { type Clause, ClauseForce, PolicyService } from "@api/v1/policy_service_pb.js";
import { client } from "../api/client.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import type { PageProps } from "../page/route.js";
import { SummaryList } from "../page/summary_list.js";
import { useLoaded } from "../page/use_loaded.js";

export function ClauseDetails({ clause }: { clause: Clause }) {
  return (
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
  );
}

export function ClausePage({ parameters }: PageProps) {
  const number = (parameters.clause ?? "").toUpperCase();
  const { value, failure, reload } = useLoaded(
    () => client(PolicyService).getClause({ number }),
    [number],
  );
  const clause = value?.clause;
  return (
    <Page
      heading={clause ? `${clause.number}. ${clause.title}` : `Clause ${number}`}
      back={{ to: "/policy/clauses", text: "Back to the clauses" }}
    >
      {failure && !value && <FailurePanel failure={failure} retry={reload} />}
      {clause && <ClauseDetails clause={clause} />}
    </Page>
  );
}
