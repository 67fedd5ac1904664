import { FormPage } from "../form/form_page.js";
import { FailurePanel } from "../page/failure_panel.js";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import { NoSuchPage, type PageProps } from "../page/route.js";
import { useLoaded } from "../page/use_loaded.js";
import { addressOfEntryId } from "./entry_address.js";
import { REGISTER_FORMS } from "./forms_and_actions.js";

export function RegisterFormPage({ parameters }: PageProps) {
  const form = REGISTER_FORMS.find((one) => one.id === parameters.form);
  const { value: fields, failure, reload } = useLoaded(async () => form?.fields(), [form?.id]);
  if (form === undefined) return <NoSuchPage />;
  const back = { to: `/registers/${form.register}`, text: "Back to the register" };
  if (fields === undefined) {
    return (
      <Page heading={form.title} back={back}>
        {failure && <FailurePanel failure={failure} retry={reload} />}
      </Page>
    );
  }
  return (
    <FormPage
      caption="Registers"
      heading={form.title}
      back={back}
      draft={`register ${form.id}`}
      fields={fields}
      submit={form.submit}
      send={async ({ answers, requestId, leaveFor }) => {
        const { entryId } = await form.send(requestId, answers);
        tell("It is recorded.");
        leaveFor(addressOfEntryId(form.register, entryId));
      }}
    >
      {form.intro && <p class="govuk-body">{form.intro}</p>}
    </FormPage>
  );
}
