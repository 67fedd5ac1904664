import { AuditService, type CheckLogVerdict } from "@api/v1/audit_service_pb.js";
import { useEffect, useRef, useState } from "preact/hooks";
import { client } from "../api/client.js";
import { type Failure, failureOf } from "../api/refusal.js";
import { FailurePanel } from "../page/failure_panel.js";

interface Checked {
  // Where this run began: the records before were not checked in it.
  from: bigint;
  checked: bigint;
  total: bigint;
  verdict?: CheckLogVerdict;
}

function verdictInWords({ from, checked, total }: Checked): string {
  if (from === 0n) return `Everything is as it should be: all ${total} records.`;
  return `Everything is as it should be from record ${from} to record ${checked - 1n}. Those before were not checked now.`;
}

// The server reads every byte of its log; the auditor and the administrator may ask for it.
export function FullCheck() {
  const [state, setState] = useState<Checked>();
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const leaving = useRef(new AbortController());
  useEffect(() => () => leaving.current.abort(), []);

  async function run() {
    setFailure(undefined);
    setRunning(true);
    // A check that was broken off goes on where it was.
    const from = state !== undefined && state.verdict === undefined ? state.checked : 0n;
    setState({ from, checked: from, total: state?.total ?? 0n });
    try {
      const stream = client(AuditService).checkLog(
        { fromPosition: from },
        { timeoutMs: 0, signal: leaving.current.signal },
      );
      for await (const { checked, total, verdict } of stream) {
        setState({ from, checked, total, ...(verdict === undefined ? {} : { verdict }) });
      }
    } catch (error) {
      if (!leaving.current.signal.aborted) setFailure(failureOf(error));
    } finally {
      setRunning(false);
    }
  }
  return (
    <section>
      <h2 class="govuk-heading-m">Check every byte</h2>
      <p class="govuk-body">
        The server reads its whole log and every file in evidence, and compares them with its tree.
        With many records it takes some minutes, with many large files some hours.
      </p>
      {failure && <FailurePanel failure={failure} />}
      <div role="status">
        {state !== undefined && state.verdict === undefined && (
          <p class="govuk-body">
            {String(state.checked)} of {String(state.total)} records checked
          </p>
        )}
        {state?.verdict?.clean && (
          <p class="govuk-body">
            <strong>{verdictInWords(state)}</strong>
          </p>
        )}
        {state?.verdict && !state.verdict.clean && (
          <>
            <p class="govuk-body">
              <strong>The log is not as it should be.</strong>
            </p>
            <ul class="govuk-list govuk-list--bullet">
              {state.verdict.faults.map((fault) => (
                <li key={fault}>{fault}</li>
              ))}
            </ul>
          </>
        )}
      </div>
      {!isRunning && (
        <button
          type="button"
          class="govuk-button govuk-button--secondary"
          onClick={() => void run()}
        >
          {failure ? "Go on with the check" : "Check the whole log"}
        </button>
      )}
    </section>
  );
}
