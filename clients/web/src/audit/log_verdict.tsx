import { useState } from "preact/hooks";
import { LineInput } from "../form/line_input.js";
import { FailurePanel } from "../page/failure_panel.js";
import { SummaryList } from "../page/summary_list.js";
import { useLoaded } from "../page/use_loaded.js";
import { hexOf } from "../words/hex.js";
import { writtenTime } from "../words/written_time.js";
import { AlarmProof } from "./alarm_proof.js";
import { CannotCheckPanel } from "./cannot_check_panel.js";
import {
  type Alarm,
  checkLog,
  forgetCheckpoint,
  keptAlarms,
  type Verdict,
} from "./kept_checkpoint.js";

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

function NotWholePanel({ verdict, onForget }: { verdict: NotWhole; onForget(): void }) {
  return (
    <>
      <div class="wb-failure" role="alert">
        <h2 class="govuk-heading-l">The log is not as it should be</h2>
        <p class="govuk-body">{verdict.what}</p>
        <p class="govuk-body">{verdict.next}</p>
      </div>
      <h2 class="govuk-heading-m">What shows it</h2>
      <p class="govuk-body">
        Copy or print this page now, and keep it. With the key, anybody can check these notes.
      </p>
      <AlarmProof alarm={verdict.alarm} />
      {verdict.mayStartAnew && <StartAnew onForget={onForget} />}
    </>
  );
}

function StartAnew({ onForget }: { onForget(): void }) {
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
        <button type="button" class="govuk-button govuk-button--warning" onClick={onForget}>
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

// Spaces and line ends come in with what is copied from paper or an e-mail.
const plain = (key: string) => key.replace(/\s+/g, "");

function KeyComparison({ signedWith }: { signedWith: string }) {
  const [given, setGiven] = useState("");
  return (
    <>
      <LineInput
        name="given_key"
        label="The key that you were given"
        hint="Such as in the governors’ minutes. Paste or type it here to compare it."
        value={given}
        onValue={setGiven}
      />
      <div role="status">
        {plain(given) !== "" &&
          (plain(given) === plain(signedWith) ? (
            <p class="govuk-body">
              <strong>It is the same key.</strong>
            </p>
          ) : (
            <p class="govuk-body">
              <strong>It is another key.</strong> Check that you have typed it whole. If it stays
              another, tell the Chair of Governors and whoever runs the server.
            </p>
          ))}
      </div>
    </>
  );
}

function Details({ verdict }: { verdict: Opened }) {
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
          gave, that the older tree is a part of the newer one (RFC 6962). It keeps the checkpoint
          for the next time.
        </p>
        <KeyComparison signedWith={verdict.key} />
      </div>
    </details>
  );
}

// The plain verdict. This browser comes to it by itself and believes no server.
export function LogVerdict({ schoolId, brief }: { schoolId: string; brief?: boolean }) {
  const { value: verdict, failure, reload } = useLoaded(() => checkLog(schoolId), [schoolId]);
  if (verdict === undefined) {
    return failure ? <FailurePanel failure={failure} retry={reload} /> : null;
  }
  if (verdict.kind === "cannot-check") return <CannotCheckPanel />;
  if (verdict.kind === "not-whole") {
    const anew = () => {
      forgetCheckpoint(schoolId);
      reload();
    };
    return (
      <>
        <NotWholePanel verdict={verdict} onForget={anew} />
        <EarlierAlarms alarms={keptAlarms(schoolId)} />
      </>
    );
  }
  return (
    <>
      {verdict.kind === "whole" ? (
        <WholePanel verdict={verdict} />
      ) : (
        <FirstPanel verdict={verdict} isBrief={brief ?? false} />
      )}
      {!brief && <Details verdict={verdict} />}
      {!brief && <EarlierAlarms alarms={keptAlarms(schoolId)} />}
    </>
  );
}
