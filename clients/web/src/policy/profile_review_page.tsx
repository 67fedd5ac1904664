import { PeopleService } from "@api/v1/people_service_pb.js";
import { client } from "../api/client.js";
import type { Field } from "../form/field.js";
import { FormPage } from "../form/form_page.js";
import { tell } from "../page/notice.js";
import { useLoaded } from "../page/use_loaded.js";
import { currentSession } from "../session/session.js";
import { writtenTime } from "../words/written_time.js";

const FIELDS: Field[] = [
  {
    kind: "tick",
    name: "reviewed",
    label: "I have reviewed what can be seen of me online",
    missing: "Tick that you have reviewed what can be seen of you online",
  },
];

export function ProfileReviewPage() {
  const { value } = useLoaded(() => client(PeopleService).listProfileReviews({}), []);
  const own = value?.reviews.find(({ personId }) => personId === currentSession.value?.personId);
  return (
    <FormPage
      heading="Review your own pages online"
      back={{ to: "/policy", text: "Back to the policy" }}
      draft="profile-review"
      fields={FIELDS}
      submit="Confirm the review"
      send={async ({ requestId, leaveFor }) => {
        await client(PeopleService).confirmProfileReview({ requestId });
        tell("Your review is recorded.");
        leaveFor("/policy");
      }}
    >
      <p class="govuk-body">
        Look at your own pages as a pupil or a parent would find them (P13). Nobody asks for your
        accounts.
      </p>
      {own && (
        <p class="govuk-body">
          It is {own.overdue ? "overdue since" : "due by"} {writtenTime(own.dueTime)}.
        </p>
      )}
      {value && !own && (
        <p class="govuk-body">Nothing is asked of you: you have confirmed it before.</p>
      )}
    </FormPage>
  );
}
