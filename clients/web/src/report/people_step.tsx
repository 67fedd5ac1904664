import { CapacitySchema, PersonCategorySchema } from "@api/events/v1/values_pb.js";
import type { Person } from "@api/v1/people_service_pb.js";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { idOf } from "../form/field.js";
import { LineInput } from "../form/line_input.js";
import { SelectInput } from "../form/select_input.js";
import { useLoaded } from "../page/use_loaded.js";
import { listPeople, nameInList, personOptions } from "../people/people.js";
import { capitalised, optionsOf } from "../words/event_words.js";
import { QuestionPage } from "./question_page.js";
import { type NamedParty, newParty, type ReportDraft } from "./report_draft.js";

const CAPACITIES = optionsOf(CapacitySchema).map((option) => ({
  ...option,
  text:
    {
      Target: "Is bullied or harmed",
      Subject: "The report is about them",
      Witness: "Saw it or knows of it",
    }[capitalised(option.text)] ?? option.text,
}));

const CATEGORIES = optionsOf(PersonCategorySchema);

interface StepProps {
  draft: ReportDraft;
  onDraft(next: ReportDraft | ((before: ReportDraft) => ReportDraft)): void;
}

// Whom a name means, as soon as it is one of the register.
function withName(party: NamedParty, name: string, people: readonly Person[]): NamedParty {
  const person = people.find((one) => nameInList(one, people) === name.trim());
  if (person === undefined) return { ...party, name, personId: "" };
  return {
    ...party,
    name: person.name,
    personId: person.personId,
    category: String(person.category),
  };
}

export function PeopleStep({ draft, onDraft }: StepProps) {
  // Without the register the names are taken as they are typed.
  const { value: people } = useLoaded(listPeople, []);
  const change = (key: string, next: (party: NamedParty) => NamedParty) =>
    onDraft({ ...draft, people: draft.people.map((one) => (one.key === key ? next(one) : one)) });

  // Somebody types faster than a slow line brings the register. Before anything else can be
  // typed, which would not be in this draft.
  useLayoutEffect(() => {
    if (people === undefined) return;
    const named = draft.people.map((one) =>
      one.personId === "" ? withName(one, one.name, people) : one,
    );
    if (named.some((one) => one.personId !== "" && !draft.people.includes(one))) {
      onDraft({ ...draft, people: named });
    }
  }, [people]);

  // To the name of somebody who was added; after a removal, to the button that stays.
  const add = useRef<HTMLButtonElement>(null);
  const counted = useRef(draft.people.length);
  useEffect(() => {
    const count = draft.people.length;
    if (count > counted.current) {
      document.getElementById(idOf(`parties[${count - 1}].name`))?.focus();
    } else if (count < counted.current) {
      add.current?.focus();
    }
    counted.current = count;
  }, [draft.people.length]);

  return (
    <QuestionPage
      step="people"
      draft={draft}
      onDraft={onDraft}
      more={(errors) => (
        <>
          {draft.people.map((party, index) => {
            const field = `parties[${index}]`;
            return (
              <div class="wb-card" key={party.key}>
                <fieldset class="govuk-fieldset">
                  <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">
                    Person {index + 1}
                  </legend>
                  <LineInput
                    name={`${field}.name`}
                    label="Full name"
                    hint="As you know it. If nobody knows who it is, write what they call themselves."
                    value={party.name}
                    list={personOptions(people ?? [])}
                    error={errors.get(`${field}.name`)}
                    onValue={(name) =>
                      change(party.key, (one) => withName(one, name, people ?? []))
                    }
                  />
                  {party.personId !== "" && (
                    <p class="govuk-body-s">This person is in the school’s register.</p>
                  )}
                  <SelectInput
                    name={`${field}.capacity`}
                    label="How are they involved?"
                    options={CAPACITIES}
                    value={party.capacity}
                    error={errors.get(`${field}.capacity`)}
                    onValue={(capacity) => change(party.key, (one) => ({ ...one, capacity }))}
                  />
                  <SelectInput
                    name={`${field}.category`}
                    label="How are they connected with the school?"
                    options={CATEGORIES}
                    value={party.category}
                    error={errors.get(`${field}.category`)}
                    onValue={(category) => change(party.key, (one) => ({ ...one, category }))}
                  />
                  {draft.people.length > 1 && (
                    <button
                      type="button"
                      class="wb-link-button"
                      onClick={() =>
                        onDraft({
                          ...draft,
                          people: draft.people.filter((one) => one.key !== party.key),
                        })
                      }
                    >
                      Remove person {index + 1}
                    </button>
                  )}
                </fieldset>
              </div>
            );
          })}
          <div>
            <button
              type="button"
              class="govuk-button govuk-button--secondary"
              ref={add}
              onClick={() => onDraft({ ...draft, people: [...draft.people, newParty()] })}
            >
              Add another person
            </button>
          </div>
        </>
      )}
    >
      <p class="govuk-body">
        Name who is bullied or harmed, whom it is about, and who saw it. Include yourself if you are
        one of them. If you cannot name anybody, leave this empty and continue.
      </p>
    </QuestionPage>
  );
}
