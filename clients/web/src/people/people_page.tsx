import { PersonCategorySchema, Role, RoleSchema } from "@api/events/v1/values_pb.js";
import { useState } from "preact/hooks";
import { LineInput } from "../form/line_input.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { useLoaded } from "../page/use_loaded.js";
import { currentSession, holdsAny } from "../session/session.js";
import { capitalised, phrase } from "../words/event_words.js";
import { writtenTime } from "../words/written_time.js";
import { listPeople } from "./people.js";

export function PeoplePage() {
  const { value: people, failure, reload } = useLoaded(listPeople, []);
  const [words, setWords] = useState("");
  const isAdministrator = holdsAny(currentSession.value, Role.ADMINISTRATOR);
  const shown = people?.filter((person) =>
    [person.name, ...person.formerNames, person.jobTitle]
      .join(" ")
      .toLowerCase()
      .includes(words.trim().toLowerCase()),
  );
  return (
    <Page heading="People" wide>
      <ul class="govuk-list">
        <li>
          <a class="govuk-link" href="/people/absences">
            Absences of the Headteacher, and who acts
          </a>
        </li>
        {isAdministrator && (
          <>
            <li>
              <a class="govuk-link" href="/people/add">
                Enter a person
              </a>
            </li>
            <li>
              <a class="govuk-link" href="/people/account">
                Open an account, or give a new code
              </a>
            </li>
          </>
        )}
      </ul>
      {failure && !people && <FailurePanel failure={failure} retry={reload} />}
      <LineInput name="words" label="Find a person" width={20} value={words} onValue={setWords} />
      <table class="govuk-table wb-stacked">
        <caption class="govuk-table__caption govuk-visually-hidden">People of the school</caption>
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            {["Name", "Connection", "Job or office", "Roles"].map((head) => (
              <th key={head} scope="col" class="govuk-table__header">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="govuk-table__body">
          {shown?.map((person) => (
            <tr class="govuk-table__row" key={person.personId}>
              <th scope="row" class="govuk-table__header wb-typed">
                {person.name}
                {person.formerNames.length > 0 && ` (formerly ${person.formerNames.join(", ")})`}
                {person.leftTime && `, left ${writtenTime(person.leftTime)}`}
              </th>
              <td class="govuk-table__cell" data-label="Connection">
                {capitalised(phrase(PersonCategorySchema, person.category))}
              </td>
              <td class="govuk-table__cell wb-typed" data-label="Job or office">
                {person.jobTitle}
              </td>
              <td class="govuk-table__cell" data-label="Roles">
                {person.roles.map((role) => capitalised(phrase(RoleSchema, role))).join(", ")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Page>
  );
}
