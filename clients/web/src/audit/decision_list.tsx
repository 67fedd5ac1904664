import { SummaryList } from "../page/summary_list.js";
import { writtenTime } from "../words/written_time.js";
import type { Decision } from "./decisions.js";
import { GIVEN_HOW } from "./trust_key.js";

function whatOf(decision: Decision): string {
  return decision.kind === "new-key"
    ? "The server’s new key is trusted."
    : "The log is watched anew, because a backup was restored.";
}

// What was decided in this browser, for whoever reads its verdict: it rests on that.
export function DecisionList({ decisions }: { decisions: readonly Decision[] }) {
  if (decisions.length === 0) return null;
  return (
    <section>
      <h2 class="govuk-heading-m">What was decided in this browser</h2>
      {decisions.map((decision) => (
        <SummaryList
          key={decision.madeAt}
          rows={[
            { term: "Decided", text: writtenTime(new Date(decision.madeAt)) },
            { term: "What", text: whatOf(decision) },
            ...(decision.kind === "new-key"
              ? [
                  { term: "Fingerprint", text: decision.fingerprint },
                  {
                    term: "Given",
                    text: GIVEN_HOW.find(({ value }) => value === decision.how)?.text ?? "",
                  },
                ]
              : []),
            { term: "Checkpoint until then", text: decision.kept.note },
            { term: "Key until then", text: decision.kept.key },
          ]}
        />
      ))}
    </section>
  );
}
