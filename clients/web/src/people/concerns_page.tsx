import { BreachClauseSchema } from "@api/events/v1/values_pb.js";
import { ConcernService, type PersonConcerns } from "@api/v1/concern_service_pb.js";
import { client } from "../api/client.js";
import { everyPage } from "../api/every_page.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { useLoaded } from "../page/use_loaded.js";
import { phrase } from "../words/event_words.js";
import { writtenTime } from "../words/written_time.js";

function OnePerson({ person }: { person: PersonConcerns }) {
  return (
    <section class="wb-card">
      <h2 class="govuk-heading-m wb-typed">{person.name}</h2>
      {person.patterns.length > 0 && (
        <div class="govuk-inset-text">
          {person.patterns.map((pattern) => (
            <p class="govuk-body" key={pattern}>
              Look at them together: {pattern}.
            </p>
          ))}
        </div>
      )}
      <ul class="govuk-list govuk-list--bullet">
        {person.concerns.map((concern) => (
          <li key={concern.caseRef}>
            <a class="govuk-link wb-ref" href={`/cases/${concern.caseRef}`}>
              {concern.caseRef}
            </a>
            , reported {writtenTime(concern.reportedTime)}
            {concern.breachedClauses.map((clause) => `; ${phrase(BreachClauseSchema, clause)}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}

// Low-level concerns by person, those with a pattern first. A pattern decides nothing.
export function ConcernsPage() {
  const {
    value: people,
    failure,
    reload,
  } = useLoaded(
    () =>
      everyPage(
        (pageToken) => client(ConcernService).listConcerns({ pageSize: 200, pageToken }),
        (page) => page.people,
      ),
    [],
  );
  return (
    <Page heading="Low-level concerns" back={{ to: "/people", text: "Back to people" }}>
      <p class="govuk-body">
        Cases in which the harm threshold was decided not to be met, by the person whom they are
        about. You see those of the cases that you handle, and never one about yourself. A pattern
        asks somebody to look at them together; it decides nothing.
      </p>
      {failure && !people && <FailurePanel failure={failure} retry={reload} />}
      {people?.length === 0 && (
        <p class="govuk-body">There are no low-level concerns that you may see.</p>
      )}
      {people?.map((person) => (
        <OnePerson key={person.personId || person.name} person={person} />
      ))}
    </Page>
  );
}
