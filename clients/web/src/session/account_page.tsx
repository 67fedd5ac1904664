import { RoleSchema } from "@api/events/v1/values_pb.js";
import { Page } from "../page/page.js";
import { SummaryList } from "../page/summary_list.js";
import { capitalised, phrase } from "../words/event_words.js";
import { writtenTime } from "../words/written_time.js";
import { askToSignOut, currentSession } from "./session.js";

export function AccountPage() {
  const session = currentSession.value;
  if (session === undefined) return null;
  const roles = session.roles.map((role) => capitalised(phrase(RoleSchema, role))).join(", ");
  const issued = writtenTime(session.accountIssuedTime);
  return (
    <Page heading="Your account">
      <SummaryList
        rows={[
          { term: "Name", text: session.name },
          { term: "School", text: session.schoolName },
          { term: "Roles", text: roles },
          { term: "Signed in until", text: `${writtenTime(session.expireTime)} at the latest` },
          {
            term: "Last code for your account",
            text:
              session.accountIssuedBy === ""
                ? issued
                : `${issued}, at the wish of ${session.accountIssuedBy}`,
          },
        ]}
      />
      <p class="govuk-body">
        Whoever has such a code can set the password. If the last one surprises you, tell the Chair
        of Governors.
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href="/account/password">
          Change your password
        </a>
      </p>
      <h2 class="govuk-heading-m">Sign out</h2>
      <p class="govuk-body">
        If you have typed something and not sent it, you are asked first whether it is kept. If you
        only leave the computer for a moment, hide the screen or lock the computer.
      </p>
      <button type="button" class="govuk-button" onClick={() => void askToSignOut()}>
        Sign out
      </button>
    </Page>
  );
}
