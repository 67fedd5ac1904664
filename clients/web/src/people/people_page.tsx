import { PersonCategorySchema, Role, RoleSchema } from "@api/events/v1/values_pb.js";
import type { Person } from "@api/v1/people_service_pb.js";
import { useState } from "preact/hooks";
import { LineInput } from "../form/line_input.js";
import { TickInput } from "../form/tick_input.js";
import { FailurePanel } from "../page/failure_panel.js";
import { LinkList } from "../page/link_list.js";
import { Page } from "../page/page.js";
import { TableHead } from "../page/table_head.js";
import { useLoaded } from "../page/use_loaded.js";
import { currentSession, holdsAny } from "../session/session.js";
import { capitalised, phrase } from "../words/event_words.js";
import { isGone, leavingInWords, listPeople, seesConcerns } from "./people.js";

function Links() {
  const session = currentSession.value;
  const links = [
    { to: "/people/add", text: "Enter a person", shown: holdsAny(session, Role.ADMINISTRATOR) },
    { to: "/people/absences", text: "Absences of the Headteacher, and who acts", shown: true },
    { to: "/people/roles", text: "Who held which role, and when", shown: true },
    { to: "/people/profile-reviews", text: "Reviews of people’s own pages online", shown: true },
    {
      to: "/people/concerns",
      text: "Low-level concerns, and whether they form a pattern",
      shown: seesConcerns(session),
    },
  ];
  return <LinkList links={links} />;
}

function Row({ person }: { person: Person }) {
  const leaving = leavingInWords(person);
  return (
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header wb-typed">
        <a class="govuk-link" href={`/people/${person.personId}`}>
          {person.name}
        </a>
        {person.formerNames.length > 0 && (
          <span class="govuk-!-font-weight-regular">
            {" "}
            (formerly {person.formerNames.join(", ")})
          </span>
        )}
        {leaving !== "" && (
          <>
            {" "}
            <strong class="govuk-tag govuk-tag--grey">{leaving}</strong>
          </>
        )}
      </th>
      <td class="govuk-table__cell" data-label="Connection">
        {capitalised(phrase(PersonCategorySchema, person.category))}
      </td>
      <td class="govuk-table__cell wb-typed" data-label="Job or office">
        {person.jobTitle}
      </td>
      <td class="govuk-table__cell" data-label="Roles now">
        {person.roles.map((role) => capitalised(phrase(RoleSchema, role))).join(", ")}
      </td>
    </tr>
  );
}

export function PeoplePage() {
  const { value: people, failure, reload } = useLoaded(listPeople, []);
  const [words, setWords] = useState("");
  const [withGone, setWithGone] = useState("");
  const shown =
    people
      ?.filter((person) => withGone === "yes" || !isGone(person))
      .filter((person) =>
        [person.name, ...person.formerNames, person.jobTitle]
          .join(" ")
          .toLowerCase()
          .includes(words.trim().toLowerCase()),
      ) ?? [];
  return (
    <Page heading="People" wide>
      <Links />
      {failure && !people && <FailurePanel failure={failure} retry={reload} />}
      <LineInput name="words" label="Find a person" width={20} value={words} onValue={setWords} />
      <TickInput
        name="gone"
        label="Show those who have left as well"
        value={withGone}
        onValue={setWithGone}
      />
      {people && (
        <p class="govuk-body" role="status">
          {shown.length === 1 ? "1 person" : `${shown.length} people`}
        </p>
      )}
      {shown.length > 0 && (
        <table class="govuk-table wb-stacked">
          <caption class="govuk-table__caption govuk-visually-hidden">People of the school</caption>
          <TableHead columns={["Name", "Connection", "Job or office", "Roles now"]} />
          <tbody class="govuk-table__body">
            {shown.map((person) => (
              <Row key={person.personId} person={person} />
            ))}
          </tbody>
        </table>
      )}
    </Page>
  );
}
