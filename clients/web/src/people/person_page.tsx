import { PersonCategorySchema, Role, RoleSchema } from "@api/events/v1/values_pb.js";
import { type HeldRole, PeopleService, type Person } from "@api/v1/people_service_pb.js";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { client } from "../api/client.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { NoSuchPage, type PageProps } from "../page/route.js";
import { SummaryList } from "../page/summary_list.js";
import { useLoaded } from "../page/use_loaded.js";
import { currentSession, holdsAny } from "../session/session.js";
import { capitalised, phrase } from "../words/event_words.js";
import { dateOf, writtenEnd, writtenStart } from "../words/written_time.js";
import { isGone, leavingInWords, listPeople } from "./people.js";
import { PERSON_ACTIONS } from "./person_actions.js";

// Every moment that a register can speak of.
const EVER = {
  atTime: timestampFromMs(Date.UTC(1900, 0, 1)),
  untilTime: timestampFromMs(Date.UTC(9000, 0, 1)),
};

function spanInWords(held: HeldRole): string {
  const from = writtenStart(held.fromTime);
  if (held.untilTime !== undefined) return `from ${from} until ${writtenEnd(held.untilTime)}`;
  const isHeldNow = held.fromTime !== undefined && dateOf(held.fromTime) <= new Date();
  return `${isHeldNow ? "since" : "from"} ${from}`;
}

export function HeldRoles({ roles, named }: { roles: readonly HeldRole[]; named?: boolean }) {
  if (roles.length === 0) return <p class="govuk-body">Nobody held such a role then.</p>;
  return (
    <ul class="govuk-list govuk-list--bullet">
      {roles.map((held) => (
        <li key={`${held.personId}${held.role}${held.fromTime?.seconds}`}>
          {named && `${held.name}: `}
          {named ? phrase(RoleSchema, held.role) : capitalised(phrase(RoleSchema, held.role))},{" "}
          {spanInWords(held)}
        </li>
      ))}
    </ul>
  );
}

function AllRoles({ personId }: { personId: string }) {
  const { value, failure, reload } = useLoaded(
    () => client(PeopleService).listRoles({ personId, ...EVER }),
    [personId],
  );
  return (
    <>
      <h2 class="govuk-heading-m">Roles, then and now</h2>
      {failure && <FailurePanel failure={failure} retry={reload} />}
      {value?.roles.length === 0 && <p class="govuk-body">They have never held one.</p>}
      {value && value.roles.length > 0 && <HeldRoles roles={value.roles} />}
    </>
  );
}

function Summary({ person, people }: { person: Person; people: readonly Person[] }) {
  const manager = people.find((other) => other.personId === person.lineManagerId);
  const rows = [
    { term: "Name", text: person.name },
    { term: "Formerly", text: person.formerNames.join("\n") },
    {
      term: "Connection with the school",
      text: capitalised(phrase(PersonCategorySchema, person.category)),
    },
    { term: "Job or office", text: person.jobTitle },
    {
      term: "Roles now",
      text: person.roles.map((role) => capitalised(phrase(RoleSchema, role))).join("\n") || "None",
    },
    { term: "Line manager", text: manager?.name ?? "" },
    { term: "Leaving", text: leavingInWords(person) },
  ];
  return <SummaryList rows={rows.filter((row) => row.text !== "")} />;
}

function Actions({ person }: { person: Person }) {
  if (!holdsAny(currentSession.value, Role.ADMINISTRATOR)) return null;
  const to = `/people/${person.personId}`;
  return (
    <section class="wb-no-print">
      <h2 class="govuk-heading-m">What you can do</h2>
      <ul class="govuk-list">
        {PERSON_ACTIONS.filter((action) => action.suits?.(person) ?? true).map((action) => (
          <li key={action.id}>
            <a class="govuk-link" href={`${to}/${action.id}`}>
              {action.titleFor?.(person) ?? action.title}
            </a>
          </li>
        ))}
        <li>
          <a class="govuk-link" href={`${to}/account`}>
            Open an account, or give a new code
          </a>
        </li>
      </ul>
      {isGone(person) && (
        <p class="govuk-body">
          They have left. To bring them back, give them a role from the day on which they come.
        </p>
      )}
    </section>
  );
}

// Somebody of the school, as the register has them. The address and the title name nobody.
export function PersonPage({ parameters }: PageProps) {
  const personId = parameters.person ?? "";
  const { value: people, failure, reload } = useLoaded(listPeople, []);
  const person = people?.find((one) => one.personId === personId);
  if (people !== undefined && person === undefined) return <NoSuchPage />;
  return (
    <Page heading="A person of the school" back={{ to: "/people", text: "Back to people" }}>
      {failure && !people && <FailurePanel failure={failure} retry={reload} />}
      {person && people && (
        <>
          <Summary person={person} people={people} />
          <Actions person={person} />
          <AllRoles personId={personId} />
        </>
      )}
    </Page>
  );
}
