import type { PreventionReminder } from "@api/v1/policy_service_pb.js";
import { PolicyService } from "@api/v1/policy_service_pb.js";
import { useState } from "preact/hooks";
import { client } from "../api/client.js";
import { type Failure, failureOf } from "../api/refusal.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { SummaryList } from "../page/summary_list.js";
import { useLoaded } from "../page/use_loaded.js";
import { writtenStoredDate, writtenTime } from "../words/written_time.js";

function Reminder({ reminder, onDone }: { reminder: PreventionReminder; onDone(): void }) {
  const [failure, setFailure] = useState<Failure>();
  const acknowledge = () =>
    client(PolicyService)
      .acknowledgePreventionReminder({
        requestId: crypto.randomUUID(),
        reminderId: reminder.reminderId,
      })
      .then(onDone, (error: unknown) => setFailure(failureOf(error)));
  return (
    <section class="wb-card">
      <p class="govuk-body wb-typed">{reminder.message}</p>
      <p class="govuk-body-s">Issued {writtenTime(reminder.issueTime)}</p>
      {failure && <FailurePanel failure={failure} />}
      {reminder.acknowledgeTime ? (
        <p class="govuk-body-s">You acknowledged it {writtenTime(reminder.acknowledgeTime)}</p>
      ) : (
        <button
          type="button"
          class="govuk-button govuk-button--secondary"
          onClick={() => void acknowledge()}
        >
          I have read this reminder
        </button>
      )}
    </section>
  );
}

export function PolicyPage() {
  const {
    value: status,
    failure,
    reload,
  } = useLoaded(() => client(PolicyService).getPolicyStatus({}), []);
  const version = status?.inForce;
  return (
    <Page heading="The school’s policy">
      {failure && !status && <FailurePanel failure={failure} retry={reload} />}
      {status && status.banner !== "" && <div class="govuk-inset-text">{status.banner}</div>}
      {status && !version && <p class="govuk-body">No version of the policy is in force.</p>}
      {version && (
        <SummaryList
          rows={[
            { term: "In force", text: version.title },
            { term: "Since", text: writtenStoredDate(version.approvedOn) },
            { term: "To be reviewed by", text: writtenStoredDate(version.reviewOn) },
            {
              term: "Signed by",
              text: version.signatures.map((signature) => signature.name).join("\n"),
            },
            {
              term: "You acknowledged it",
              text: status.ownAcknowledgement?.acknowledgeTime
                ? writtenTime(status.ownAcknowledgement.acknowledgeTime)
                : status.acknowledgementOutstanding
                  ? "Not yet"
                  : "You are not asked to",
            },
          ]}
        />
      )}
      {status?.acknowledgementOutstanding && (
        <a href="/policy/acknowledge" class="govuk-button">
          Read and acknowledge the policy
        </a>
      )}
      <ul class="govuk-list">
        <li>
          <a class="govuk-link" href="/policy/text">
            The text of the policy
          </a>
        </li>
        <li>
          <a class="govuk-link" href="/policy/clauses">
            What each clause says, and what Wardbook does about it
          </a>
        </li>
        <li>
          <a class="govuk-link" href="/policy/profile-review">
            Confirm that you have reviewed your own pages online
          </a>
        </li>
      </ul>
      {status && status.reminders.length > 0 && (
        <>
          <h2 class="govuk-heading-m">Reminders to protect yourself</h2>
          {status.reminders.map((reminder) => (
            <Reminder key={reminder.reminderId} reminder={reminder} onDone={reload} />
          ))}
        </>
      )}
    </Page>
  );
}
