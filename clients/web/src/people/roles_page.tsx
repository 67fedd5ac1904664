import { type Role, RoleSchema } from "@api/events/v1/values_pb.js";
import { type HeldRole, PeopleService } from "@api/v1/people_service_pb.js";
import { useState } from "preact/hooks";
import { client } from "../api/client.js";
import type { Field } from "../form/field.js";
import { FormPage } from "../form/form_page.js";
import { optionsOf } from "../words/event_words.js";
import { HeldRoles } from "./person_page.js";

const FIELDS: Field[] = [
  {
    kind: "select",
    name: "role",
    label: "Which role, if not all",
    optional: true,
    options: optionsOf(RoleSchema),
  },
  {
    kind: "when",
    name: "at_time",
    label: "When, if not now",
    hint: "Without a time it is about the whole day. For example, 14 5 2026",
    optional: true,
    timeOptional: true,
  },
];

// Who held which role at a moment: who was the Headteacher when it happened?
export function RolesPage() {
  const [roles, setRoles] = useState<HeldRole[]>();
  return (
    <FormPage
      heading="Who held which role, and when"
      back={{ to: "/people", text: "Back to people" }}
      draft="who-held-roles"
      fields={FIELDS}
      submit="Show them"
      send={async ({ answers }) => {
        const atTime = answers.moment("at_time");
        const untilTime = answers.time("at_time") === "" ? answers.end("at_time") : undefined;
        const answer = await client(PeopleService).listRoles({
          role: answers.choice<Role>("role"),
          ...(atTime === undefined ? {} : { atTime }),
          ...(untilTime === undefined ? {} : { untilTime }),
        });
        setRoles(answer.roles);
      }}
    >
      {roles && (
        <div class="wb-verdict" role="status">
          <HeldRoles roles={roles} named />
        </div>
      )}
    </FormPage>
  );
}
