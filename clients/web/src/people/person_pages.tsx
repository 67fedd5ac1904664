import {
  type PersonCategory,
  PersonCategorySchema,
  type Role,
  RoleSchema,
} from "@api/events/v1/values_pb.js";
import { PeopleService } from "@api/v1/people_service_pb.js";
import { useState } from "preact/hooks";
import { client } from "../api/client.js";
import { FormPage } from "../form/form_page.js";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import { go } from "../page/router.js";
import { useLoaded } from "../page/use_loaded.js";
import { optionsOf } from "../words/event_words.js";
import { writtenTime } from "../words/written_time.js";
import { listPeople, personOptions } from "./people.js";

const BACK = { to: "/people", text: "Back to people" };

export function AddPersonPage() {
  return (
    <FormPage
      heading="Enter a person"
      back={BACK}
      draft="add-person"
      fields={[
        { kind: "line", name: "name", label: "Full name", max: 200 },
        {
          kind: "select",
          name: "category",
          label: "Connection with the school",
          options: optionsOf(PersonCategorySchema),
        },
        { kind: "line", name: "job_title", label: "Job or office", optional: true, max: 200 },
        {
          kind: "choices",
          name: "roles",
          label: "Roles from now on",
          optional: true,
          options: optionsOf(RoleSchema),
        },
      ]}
      submit="Enter this person"
      send={async ({ answers, requestId }) => {
        await client(PeopleService).registerPerson({
          requestId,
          name: answers.text("name"),
          category: answers.choice<PersonCategory>("category"),
          jobTitle: answers.text("job_title"),
          roles: answers.choices<Role>("roles"),
        });
        tell("The person is entered.", "To let them sign in, open an account for them.");
        go("/people", "replace");
      }}
    />
  );
}

interface Issued {
  code: string;
  until: string;
}

// The code is shown once, to be handed over in person (P15).
export function IssueAccountPage() {
  const { value: people = [] } = useLoaded(listPeople, []);
  const [issued, setIssued] = useState<Issued>();
  if (issued !== undefined) {
    return (
      <Page heading="The code" back={BACK}>
        <p class="govuk-body">
          Hand this code to the person, on paper or in person. It works once, until {issued.until}.
          It is not shown again.
        </p>
        <p class="govuk-heading-l wb-typed">{issued.code}</p>
        <p class="govuk-body">
          They choose “I have a code and no password yet” when they sign in. You never learn the
          password.
        </p>
      </Page>
    );
  }
  return (
    <FormPage
      heading="Open an account, or give a new code"
      back={BACK}
      draft="issue-account"
      fields={[
        {
          kind: "select",
          name: "person_id",
          label: "For whom?",
          options: personOptions(people),
        },
        {
          kind: "line",
          name: "user_name",
          label: "User name",
          hint: "From 3 to 64 small letters, digits, dots, hyphens and underscores",
          width: 20,
          max: 64,
        },
      ]}
      submit="Give a code"
      send={async ({ answers }) => {
        const { code, expireTime } = await client(PeopleService).issueAccount({
          personId: answers.text("person_id"),
          userName: answers.text("user_name").toLowerCase(),
        });
        setIssued({ code, until: writtenTime(expireTime) });
      }}
    />
  );
}
