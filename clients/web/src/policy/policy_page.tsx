import type { PreventionReminder } from "@api/v1/policy_service_pb.js";
import { PolicyService } from "@api/v1/policy_service_pb.js";
import { useState } from "preact/hooks";
import { client } from "../api/client.js";
import { type Failure, failureOf } from "../api/refusal.js";
import { FailurePanel } from "../page/failure_panel.js";
import { LinkList } from "../page/link_list.js";
import { Page } from "../page/page.js";
import { SummaryList } from "../page/summary_list.js";
import { useLoaded } from "../page/use_loaded.js";
import { currentSession } from "../session/session.js";
import { writtenStoredDate, writtenTime } from "../words/written_time.js";
import { answersForPolicy, issuesReminders, overseesPolicy } from "./policy_roles.js";

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
      <p class="govuk-body-s">
        Issued {writtenTime(reminder.issueTime)}
        {reminder.acknowledgements > 0 && `; confirmed by ${reminder.acknowledgements}`}
      </p>
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

function Links({ outstanding }: { outstanding: number }) {
  const session = currentSession.value;
  const links = [
    { to: "/policy/text", text: "The text of the policy", shown: true },
    { to: "/policy/clauses", text: "What each clause says, and what Wardbook does", shown: true },
    { to: "/policy/versions", text: "All versions", shown: true },
    { to: "/policy/in-force", text: "Which version was in force on a day?", shown: true },
    {
      to: "/policy/acknowledgements",
      text:
        outstanding === 0
          ? "Who has acknowledged the policy"
          : `Who has acknowledged the policy: ${outstanding} have still to`,
      shown: overseesPolicy(session),
    },
    { to: "/policy/draft", text: "Draft a new version", shown: overseesPolicy(session) },
    { to: "/policy/review", text: "Record a review", shown: answersForPolicy(session) },
    {
      to: "/policy/remind",
      text: "Remind everybody to protect themselves",
      shown: issuesReminders(session),
    },
    {
      to: "/policy/profile-review",
      text: "Confirm that you have reviewed your own pages online",
      shown: true,
    },
  ];
  return <LinkList links={links} />;
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
      <Links outstanding={status?.outstandingCount ?? 0} />
      {status?.preventionReminderDue && (
        <div class="govuk-inset-text">
          A reminder to protect themselves is due to everybody of the school (P05).
        </div>
      )}
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
