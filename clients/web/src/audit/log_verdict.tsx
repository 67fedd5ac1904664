import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { FailurePanel } from "../page/failure_panel.js";
import { focusHeading, isFocusLost } from "../page/focus.js";
import { SummaryList } from "../page/summary_list.js";
import { useLoaded } from "../page/use_loaded.js";
import { hexOf } from "../words/hex.js";
import { writtenTime } from "../words/written_time.js";
import { AlarmProof } from "./alarm_proof.js";
import { CannotCheckPanel } from "./cannot_check_panel.js";
import { DecisionList } from "./decision_list.js";
import { keptDecisions } from "./decisions.js";
import { type Alarm, checkLog, keptAlarms, type Verdict, watchAnew } from "./kept_checkpoint.js";
import { KeyComparison } from "./key_comparison.js";
import { fingerprintOf } from "./signed_note.js";
import { TrustKey } from "./trust_key.js";

type NotWhole = Verdict & { kind: "not-whole" };
type Opened = Verdict & { kind: "first" | "whole" };

function WholePanel({ verdict }: { verdict: Opened & { kind: "whole" } }) {
  const { before, newest } = verdict;
  return (
    <div class="wb-verdict">
      <h2 class="govuk-heading-l">
        Nothing has been changed, removed or reordered since{" "}
        {writtenTime(new Date(verdict.firstSeenAt))}
      </h2>
      <p class="govuk-body">
        Since then this browser keeps watch. It last looked at{" "}
        {writtenTime(new Date(verdict.seenAt))}: the {String(before.size)} records that the log had
        then are the same, and it has {String(newest.size)} now.
      </p>
    </div>
  );
}

function FirstPanel({ verdict, isBrief }: { verdict: Opened; isBrief: boolean }) {
  return (
    <div class="wb-verdict">
      <h2 class="govuk-heading-l">This browser now watches the log</h2>
      <p class="govuk-body">
        It has {String(verdict.newest.size)} records, and its checkpoint is signed. From the next
        time on, this browser checks that all of them are still there and unchanged. There is
        nothing to compare yet but the key, {isBrief ? "under “Audit”" : "below"}.
      </p>
    </div>
  );
}

interface NotWholePanelProps {
  schoolId: string;
  verdict: NotWhole;
  isBrief: boolean;
  onDecided(): void;
}

function NotWholePanel({ schoolId, verdict, isBrief, onDecided }: NotWholePanelProps) {
  const { alarm } = verdict;
  return (
    <>
      <div class="wb-failure" role="alert">
        <h2 class="govuk-heading-l">The log is not as it should be</h2>
        <p class="govuk-body">{verdict.what}</p>
        <p class="govuk-body">{verdict.next}</p>
        {isBrief && (
          <p class="govuk-body">
            <a class="govuk-link" href="/audit">
              See what shows it, and what can explain it
            </a>
          </p>
        )}
      </div>
      {!isBrief && (
        <>
          <h2 class="govuk-heading-m">What shows it</h2>
          <p class="govuk-body">
            Copy or print this page now, and keep it. With the key, anybody can check these notes.
          </p>
          <AlarmProof alarm={alarm} />
          {verdict.mayTrustKey && (
            <TrustKey schoolId={schoolId} alarm={alarm} onTrusted={onDecided} />
          )}
          {verdict.mayStartAnew && (
            <StartAnew schoolId={schoolId} alarm={alarm} onStarted={onDecided} />
          )}
        </>
      )}
    </>
  );
}

interface StartAnewProps {
  schoolId: string;
  alarm: Alarm;
  onStarted(): void;
}

function StartAnew({ schoolId, alarm, onStarted }: StartAnewProps) {
  const [hasFailed, setFailed] = useState(false);
  return (
    <details class="govuk-details wb-no-print">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">If a backup was restored</span>
      </summary>
      <div class="govuk-details__text">
        <p class="govuk-body">
          What came after a backup is lost when it is restored, and then the log is shorter than
          this browser saw it. Only if the technician and the Chair of Governors say that this
          happened: let this browser watch the log anew. It can then tell nothing of what was
          before. The two checkpoints above are kept.
        </p>
        {hasFailed && (
          <p class="govuk-error-message" role="alert">
            This browser cannot write down what you decide. Free some space, then try again.
          </p>
        )}
        <button
          type="button"
          class="govuk-button govuk-button--warning"
          onClick={() => watchAnew(schoolId, alarm).then(onStarted, () => setFailed(true))}
        >
          Watch the log anew from now on
        </button>
      </div>
    </details>
  );
}

// Alarms outlive the watching anew: they are evidence.
function EarlierAlarms({ alarms }: { alarms: readonly Alarm[] }) {
  if (alarms.length === 0) return null;
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">Alarms that this browser keeps</span>
      </summary>
      <div class="govuk-details__text">
        {alarms.map((alarm) => (
          <AlarmProof key={`${alarm.foundAt} ${alarm.what}`} alarm={alarm} />
        ))}
      </div>
    </details>
  );
}

function Details({ verdict }: { verdict: Opened }) {
  const { value: fingerprint = "" } = useLoaded(() => fingerprintOf(verdict.key), [verdict.key]);
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
            { term: "Fingerprint of the key", text: fingerprint },
          ]}
        />
        <p class="govuk-body">
          This browser checked the Ed25519 signature itself and, with the hashes that the server
          gave, that the older tree is a part of the newer one (RFC 6962). It keeps the checkpoint
          for the next time.
        </p>
        <KeyComparison signedWith={verdict.key} />
      </div>
    </details>
  );
}

interface LogVerdictProps {
  schoolId: string;
  // The verdict alone, on a page that is about other things.
  brief?: boolean;
}

// The plain verdict. This browser comes to it by itself and believes no server.
export function LogVerdict({ schoolId, brief = false }: LogVerdictProps) {
  const { value: verdict, failure, reload } = useLoaded(() => checkLog(schoolId), [schoolId]);
  // What was decided on goes, and the button that had the focus with it, also where something else
  // is wrong then.
  const wrong = verdict?.kind === "not-whole" ? verdict.alarm.what : undefined;
  const wrongBefore = useRef(wrong);
  useLayoutEffect(() => {
    if (wrongBefore.current !== undefined && wrongBefore.current !== wrong && isFocusLost()) {
      focusHeading();
    }
    wrongBefore.current = wrong;
  }, [wrong]);
  if (verdict === undefined) {
    return failure ? <FailurePanel failure={failure} retry={reload} /> : null;
  }
  const isOpened = verdict.kind === "whole" || verdict.kind === "first";
  return (
    <>
      {verdict.kind === "cannot-check" && <CannotCheckPanel />}
      {verdict.kind === "not-whole" && (
        <NotWholePanel schoolId={schoolId} verdict={verdict} isBrief={brief} onDecided={reload} />
      )}
      {verdict.kind === "whole" && <WholePanel verdict={verdict} />}
      {verdict.kind === "first" && <FirstPanel verdict={verdict} isBrief={brief} />}
      {!brief && isOpened && <Details verdict={verdict} />}
      {!brief && <DecisionList decisions={keptDecisions(schoolId)} />}
      {!brief && <EarlierAlarms alarms={keptAlarms(schoolId)} />}
    </>
  );
}
