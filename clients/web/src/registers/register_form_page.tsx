import { FormPage } from "../form/form_page.js";
import { tell } from "../page/notice.js";
import { NoSuchPage, type PageProps } from "../page/route.js";
import { go } from "../page/router.js";
import { useLoaded } from "../page/use_loaded.js";
import { listPeople, personOptions } from "../people/people.js";
import { REGISTER_FORMS } from "./register_forms.js";

export function RegisterFormPage({ parameters }: PageProps) {
  const { value: people = [] } = useLoaded(listPeople, []);
  const form = REGISTER_FORMS.find((one) => one.id === parameters.form);
  if (form === undefined) return <NoSuchPage />;
  return (
    <FormPage
      caption="Registers"
      heading={form.title}
      back={{ to: "/registers", text: "Back to the registers" }}
      draft={`register ${form.id}`}
      fields={form.fields(personOptions(people))}
      submit={form.submit}
      send={async ({ answers, requestId }) => {
        const { entryId } = await form.send(requestId, answers);
        tell("It is recorded.");
        go(`/registers/${form.register}/${encodeURIComponent(entryId)}`, "replace");
      }}
    >
      {form.intro && <p class="govuk-body">{form.intro}</p>}
    </FormPage>
  );
}
