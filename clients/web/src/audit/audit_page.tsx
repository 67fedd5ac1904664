import { Role } from "@api/events/v1/values_pb.js";
import { AuditService, type CheckLogVerdict } from "@api/v1/audit_service_pb.js";
import { useState } from "preact/hooks";
import { client } from "../api/client.js";
import { type Failure, failureOf } from "../api/refusal.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { SummaryList } from "../page/summary_list.js";
import { useLoaded } from "../page/use_loaded.js";
import { currentSession, holdsAny } from "../session/session.js";
import { hexOf } from "../words/hex.js";
import { writtenTime } from "../words/written_time.js";
import { checkLog, type Verdict } from "./kept_checkpoint.js";

function VerdictPanel({ verdict }: { verdict: Verdict }) {
  switch (verdict.kind) {
    case "whole":
      return (
        <div class="wb-verdict">
          <h2 class="govuk-heading-l">
            Nothing has been changed, removed or reordered since{" "}
            {writtenTime(new Date(verdict.seenAt))}
          </h2>
          <p class="govuk-body">
            Then this browser last looked. The log’s first {String(verdict.before.size)} records are
            the same, and it has {String(verdict.newest.size)} now.
          </p>
        </div>
      );
    case "first":
      return (
        <div class="wb-verdict">
          <h2 class="govuk-heading-l">This browser now watches the log</h2>
          <p class="govuk-body">
            It has {String(verdict.newest.size)} records, and its checkpoint is signed. From the
            next time on, this browser checks that all of them are still there and unchanged.
          </p>
        </div>
      );
    case "not-whole":
      return (
        <div class="wb-failure" role="alert">
          <h2 class="govuk-heading-l">The log is not as it should be</h2>
          <p class="govuk-body">{verdict.what}</p>
          <p class="govuk-body">{verdict.next}</p>
        </div>
      );
  }
}

function Details({ verdict }: { verdict: Verdict }) {
  if (verdict.kind === "not-whole") return null;
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">What was checked</span>
      </summary>
      <div class="govuk-details__text">
        <SummaryList
          rows={[
            { term: "Log", text: verdict.newest.origin },
            { term: "Records", text: String(verdict.newest.size) },
            { term: "Root of the tree", text: hexOf(verdict.newest.root) },
            { term: "Signed with", text: verdict.key },
          ]}
        />
        <p class="govuk-body">
          This browser checked the Ed25519 signature itself and, with the hashes that the server
          gave, that the older tree is a part of the newer one (RFC 6962). Compare the key with the
          one that you were given on paper, such as in the governors’ minutes.
        </p>
      </div>
    </details>
  );
}

interface Checked {
  checked: bigint;
  total: bigint;
  verdict?: CheckLogVerdict;
}

function FullCheck() {
  const [state, setState] = useState<Checked>();
  const [failure, setFailure] = useState<Failure>();
  async function run() {
    setFailure(undefined);
    // A check that was broken off goes on where it was.
    const fromPosition = state?.verdict === undefined ? (state?.checked ?? 0n) : 0n;
    try {
      const stream = client(AuditService).checkLog({ fromPosition }, { timeoutMs: 0 });
      for await (const { checked, total, verdict } of stream) {
        setState({ checked, total, ...(verdict === undefined ? {} : { verdict }) });
      }
    } catch (error) {
      setFailure(failureOf(error));
    }
  }
  const isRunning = state !== undefined && state.verdict === undefined && failure === undefined;
  return (
    <section>
      <h2 class="govuk-heading-m">Check every byte</h2>
      <p class="govuk-body">The server reads its whole log and compares it with its tree.</p>
      {failure && <FailurePanel failure={failure} />}
      <div role="status">
        {isRunning && (
          <p class="govuk-body">
            {String(state.checked)} of {String(state.total)} records checked
          </p>
        )}
        {state?.verdict?.clean && (
          <p class="govuk-body">
            <strong>Everything is as it should be: {String(state.total)} records.</strong>
          </p>
        )}
        {state?.verdict && !state.verdict.clean && (
          <ul class="govuk-list govuk-list--bullet">
            {state.verdict.faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        )}
      </div>
      {!isRunning && (
        <button
          type="button"
          class="govuk-button govuk-button--secondary"
          onClick={() => void run()}
        >
          Check the whole log
        </button>
      )}
    </section>
  );
}

// The plain verdict first. This browser comes to it by itself and believes no server.
export function AuditPage() {
  const session = currentSession.value;
  const schoolId = session?.schoolId ?? "";
  const { value: verdict, failure, reload } = useLoaded(() => checkLog(schoolId), [schoolId]);
  return (
    <Page heading="Audit">
      {failure && !verdict && <FailurePanel failure={failure} retry={reload} />}
      {verdict && <VerdictPanel verdict={verdict} />}
      {verdict && <Details verdict={verdict} />}
      {holdsAny(session, Role.AUDITOR, Role.ADMINISTRATOR) && <FullCheck />}
    </Page>
  );
}
