import { FormPage } from "../form/form_page.js";
import { FailurePanel } from "../page/failure_panel.js";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import { NoSuchPage, type PageProps } from "../page/route.js";
import { useLoaded } from "../page/use_loaded.js";
import { listPeople } from "./people.js";
import { PERSON_ACTIONS } from "./person_actions.js";

export function PersonActionPage({ parameters }: PageProps) {
  const personId = parameters.person ?? "";
  const action = PERSON_ACTIONS.find((one) => one.id === parameters.action);
  const { value: people, failure, reload } = useLoaded(listPeople, []);
  const person = people?.find((one) => one.personId === personId);
  if (action === undefined || (people !== undefined && person === undefined)) return <NoSuchPage />;
  const back = { to: `/people/${personId}`, text: "Back to the person" };
  if (person === undefined || people === undefined) {
    return (
      <Page heading={action.title} back={back}>
        {failure && <FailurePanel failure={failure} retry={reload} />}
      </Page>
    );
  }
  const initial = action.initial?.(person);
  return (
    <FormPage
      heading={action.title}
      back={back}
      draft={`person ${action.id} ${personId}`}
      seen={person.revision}
      fields={action.fields(person, people)}
      {...(initial === undefined ? {} : { initial })}
      submit={action.submit}
      send={async ({ answers, requestId, expectedRevision, leaveFor }) => {
        const seen = expectedRevision ?? person.revision;
        await action.send({ requestId, personId, expectedRevision: seen }, answers);
        tell(action.told);
        leaveFor(back.to);
      }}
    >
      <p class="govuk-body">
        This is about <strong class="wb-typed">{person.name}</strong>.
      </p>
      {action.intro && <p class="govuk-body">{action.intro}</p>}
    </FormPage>
  );
}
