import { PolicyService } from "@api/v1/policy_service_pb.js";
import { client } from "../api/client.js";
import { FormPage } from "../form/form_page.js";
import { tell } from "../page/notice.js";

export function RemindPage() {
  return (
    <FormPage
      heading="Remind everybody to protect themselves"
      back={{ to: "/policy", text: "Back to the policy" }}
      draft="prevention-reminder"
      fields={[
        {
          kind: "text",
          name: "message",
          label: "What does the reminder say?",
          hint: "It names nobody and no case: everybody of the school reads it.",
          max: 4000,
          rows: 6,
        },
      ]}
      submit="Send this reminder"
      send={async ({ answers, requestId, leaveFor }) => {
        await client(PolicyService).issuePreventionReminder({
          requestId,
          message: answers.text("message"),
        });
        tell("The reminder is issued.", "Everybody of the school is asked to confirm it.");
        leaveFor("/policy");
      }}
    >
      <p class="govuk-body">
        All employees are reminded to protect themselves from cyber-bullying: after each new version
        of the policy, and at least once a year (P05).
      </p>
    </FormPage>
  );
}
