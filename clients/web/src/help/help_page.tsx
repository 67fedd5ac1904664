import { Role } from "@api/events/v1/values_pb.js";
import { Page } from "../page/page.js";
import { HIDE_KEY } from "../session/hidden_screen.js";
import { currentSession, handlesCases, holdsAny } from "../session/session.js";

function ForReporters() {
  return (
    <>
      <h2 class="govuk-heading-m">When something happened</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>
          <a class="govuk-link" href="/report">
            Report it
          </a>
          . You need not prove anything, and you need not know what it is called.
        </li>
        <li>Keep the messages and posts. Do not delete anything, and do not answer.</li>
        <li>
          Make a screenshot on a school computer, with the time, the date and the place of the site.
        </li>
        <li>
          If it could be an indecent image of a child, do not look again. Call the police: 101 or
          999.
        </li>
        <li>
          If you might have been misunderstood yourself,{" "}
          <a class="govuk-link" href="/report/self">
            say so early
          </a>
          . It takes two minutes.
        </li>
      </ul>
      <h2 class="govuk-heading-m">After you reported</h2>
      <p class="govuk-body">
        <a class="govuk-link" href="/reports">
          My reports
        </a>{" "}
        shows how far each has come and what you were told. You decide about the police if you are
        the one who is bullied, and may change your mind at any time.
      </p>
    </>
  );
}

function ForHandlers() {
  return (
    <>
      <h2 class="govuk-heading-m">When you handle cases</h2>
      <ol class="govuk-list govuk-list--number">
        <li>Tell the reporter that you have seen it.</li>
        <li>
          If it is about a member of staff and other unsuitable material, ask Lancashire
          Safeguarding for advice before anything is looked into.
        </li>
        <li>Decide what it is, and whether the harm threshold is met.</li>
        <li>Refer at any time. A referral is never refused.</li>
        <li>Investigate, record what was found, decide what follows.</li>
        <li>Close the case, and say whether the reporter’s wishes were followed.</li>
      </ol>
      <p class="govuk-body">
        Each case lists what the policy still asks for. If something is forbidden now, you are told
        which clause says so and what can be done instead.
      </p>
    </>
  );
}

function ForOfficers() {
  return (
    <>
      <h2 class="govuk-heading-m">For officers of Lancashire Safeguarding</h2>
      <p class="govuk-body">
        You see the cases that were referred to you, and nothing else. Under{" "}
        <a class="govuk-link" href="/audit">
          Audit
        </a>{" "}
        this browser checks for itself that nothing in the school’s log was changed or removed.
      </p>
    </>
  );
}

export function HelpPage() {
  const session = currentSession.value;
  const isOfficer = holdsAny(session, Role.SAFEGUARDING_OFFICER);
  return (
    <Page heading="Help">
      <p class="govuk-body">
        <a class="govuk-link" href="/help/contacts">
          Whom to turn to
        </a>
      </p>
      {!isOfficer && <ForReporters />}
      {handlesCases(session) && !isOfficer && <ForHandlers />}
      {isOfficer && <ForOfficers />}
      <h2 class="govuk-heading-m">On a computer that others use</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>{HIDE_KEY} hides the screen, and shows it again.</li>
        <li>Sign out when you leave. What you typed and did not send is then removed.</li>
        <li>
          A session ends by itself after an hour without use. What you typed is kept, sealed with
          your password, for seven days.
        </li>
      </ul>
    </Page>
  );
}
