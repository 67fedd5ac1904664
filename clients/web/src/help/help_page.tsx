import { Role } from "@api/events/v1/values_pb.js";
import { Page } from "../page/page.js";
import { HIDE_KEY } from "../session/hidden_screen.js";
import { currentSession, holdsAny, isOfSchool } from "../session/session.js";
import {
  ForAdministrators,
  ForAuditors,
  ForChair,
  ForLeadership,
  ForOfficers,
  ForStaff,
} from "./help_for_roles.js";

// What the person can do with the roles that they hold, and nothing that is not theirs.
export function HelpPage() {
  const session = currentSession.value;
  const leads = holdsAny(
    session,
    Role.LINE_MANAGER,
    Role.HEADTEACHER,
    Role.SENIOR_LEADERSHIP,
    Role.SAFEGUARDING_LEAD,
    Role.CHAIR_OF_GOVERNORS,
  );
  return (
    <Page heading="Help">
      <p class="govuk-body">
        <a class="govuk-link" href="/help/contacts">
          Whom to turn to
        </a>
      </p>
      {isOfSchool(session) && <ForStaff />}
      {leads && <ForLeadership />}
      {holdsAny(session, Role.CHAIR_OF_GOVERNORS) && <ForChair />}
      {holdsAny(session, Role.SAFEGUARDING_OFFICER) && <ForOfficers />}
      {holdsAny(session, Role.AUDITOR) && <ForAuditors />}
      {holdsAny(session, Role.ADMINISTRATOR) && <ForAdministrators />}
      <h2 class="govuk-heading-m">On a computer that others use</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>{HIDE_KEY} hides the screen, and shows it again.</li>
        <li>
          Sign out when you leave. If something that you typed is not sent, you are asked whether it
          is kept, sealed with your password, or deleted. Filters that you saved under a name stay.
        </li>
        <li>
          A session ends by itself when nobody uses it, and you are warned before. What you typed is
          kept, sealed with your password, for seven days.
        </li>
        <li>
          A page can be printed. Buttons and menus are left out. Think of who finds the paper.
        </li>
      </ul>
    </Page>
  );
}
