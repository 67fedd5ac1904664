import {
  type PersonCategory,
  PersonCategorySchema,
  type Role,
  RoleSchema,
} from "@api/events/v1/values_pb.js";
import { PeopleService } from "@api/v1/people_service_pb.js";
import { client } from "../api/client.js";
import type { Field } from "../form/field.js";
import { FormPage } from "../form/form_page.js";
import { tell } from "../page/notice.js";
import { optionsOf } from "../words/event_words.js";

const FIELDS: Field[] = [
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
    hint: "Only those with a role can sign in. Pupils and parents have none.",
    optional: true,
    options: optionsOf(RoleSchema),
  },
];

export function AddPersonPage() {
  return (
    <FormPage
      heading="Enter a person"
      back={{ to: "/people", text: "Back to people" }}
      draft="add-person"
      fields={FIELDS}
      submit="Enter this person"
      send={async ({ answers, requestId, leaveFor }) => {
        const { personId } = await client(PeopleService).registerPerson({
          requestId,
          name: answers.text("name"),
          category: answers.choice<PersonCategory>("category"),
          jobTitle: answers.text("job_title"),
          roles: answers.choices<Role>("roles"),
        });
        tell("The person is entered.", "To let them sign in, open an account for them.");
        leaveFor(`/people/${personId}`);
      }}
    />
  );
}
