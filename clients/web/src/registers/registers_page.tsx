import { Register, RegisterSchema } from "@api/v1/register_pb.js";
import { Page } from "../page/page.js";
import { currentSession } from "../session/session.js";
import { capitalised, phrase } from "../words/event_words.js";
import { formsFor } from "./forms_and_actions.js";

const ABOUT: Record<number, string> = {
  [Register.PERMISSIONS]:
    "Social media at work, the school’s name and logo, a phone kept on (P26–P29)",
  [Register.JUSTIFICATIONS]: "Where professional judgement departed from the policy (P24, P25)",
  [Register.SOCIAL_CONTACTS]: "Staff who know a child or family outside school (P34)",
  [Register.PHONES]: "Children’s phones in the main office (P35)",
  [Register.VISIT_USES]: "Phones used in an emergency on a visit (P30)",
  [Register.PHOTO_CONSENTS]: "What parents consented to (P31)",
  [Register.DEVICES]: "The school’s cameras and tablets (P32)",
  [Register.CAPTURES]: "Photographs and recordings of children (P31–P33)",
};

export function RegistersPage() {
  const session = currentSession.value;
  return (
    <Page heading="Registers">
      <p class="govuk-body">What the policy asks for is recorded before it is done, not after.</p>
      <ul class="govuk-task-list">
        {RegisterSchema.values
          .filter((value) => value.number !== 0)
          .map((value) => (
            <li class="govuk-task-list__item govuk-task-list__item--with-link" key={value.number}>
              <div class="govuk-task-list__name-and-hint">
                <a class="govuk-link govuk-task-list__link" href={`/registers/${value.number}`}>
                  {capitalised(phrase(RegisterSchema, value.number))}
                </a>
                <div class="govuk-task-list__hint">{ABOUT[value.number]}</div>
              </div>
            </li>
          ))}
      </ul>
      <h2 class="govuk-heading-m">Record something</h2>
      <ul class="govuk-list">
        {(session ? formsFor(session) : []).map((form) => (
          <li key={form.id}>
            <a class="govuk-link" href={`/registers/record/${form.id}`}>
              {form.title}
            </a>
          </li>
        ))}
      </ul>
      <h2 class="govuk-heading-m">Look back</h2>
      <p class="govuk-body">
        <a class="govuk-link" href="/registers/check">
          Check whether a permission was in force
        </a>
      </p>
    </Page>
  );
}
