import type { CaseFile } from "@api/v1/case_pb.js";
import type { Person } from "@api/v1/people_service_pb.js";
import { failureOf } from "../api/refusal.js";
import { FormPage } from "../form/form_page.js";
import { FailurePanel } from "../page/failure_panel.js";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import { NoSuchPage, type PageProps } from "../page/route.js";
import { useLoaded } from "../page/use_loaded.js";
import { listPeople } from "../people/people.js";
import { type Action, type FormContext, fieldsOf } from "./actions/action.js";
import { ACTIONS } from "./actions/actions.js";
import { isShownWhole } from "./case_frame.js";
import { WhyNot } from "./not_yet_list.js";
import { offerOf } from "./offers.js";
import { caseOnScreen, closeCase } from "./open_case.js";

// What would be refused is said before anybody types. What was typed before stays, and may be
// sent: the server decides.
function Warning({ action, file }: { action: Action; file: CaseFile }) {
  const offer = offerOf(file, action.method);
  if (offer !== undefined && offer.refused === undefined) return null;
  return (
    <div class="govuk-inset-text">
      {offer?.refused ? (
        <WhyNot because={offer.refused} />
      ) : (
        "This is not for you to do in this case, or it is done already."
      )}{" "}
      <a class="govuk-link" href={`/cases/${file.summary?.caseRef}/actions`}>
        See what you can do now
      </a>
    </div>
  );
}

interface ActionFormProps {
  action: Action;
  context: FormContext;
  // What the address fills in.
  about: string;
}

function ActionForm({ action, context, about }: ActionFormProps) {
  const { file } = context;
  const caseRef = file.summary?.caseRef ?? "";
  return (
    <FormPage
      caption={`Case ${caseRef}`}
      heading={action.title}
      back={{ to: `/cases/${caseRef}`, text: "Back to the case" }}
      draft={`${action.id} ${caseRef} ${about}`.trim()}
      fields={(typed) => fieldsOf(action, context, typed)}
      initial={action.about === undefined || about === "" ? {} : { [action.about]: about }}
      // Who does not see the case whole cannot know it.
      seen={isShownWhole(file) ? file.summary?.revision : undefined}
      submit={action.submit}
      warning={action.isGrave ?? false}
      send={async ({ answers, requestId, expectedRevision, leaveFor }) => {
        const { text, next, isUrgent } = await action.send({
          request: {
            requestId,
            caseRef,
            ...(expectedRevision === undefined ? {} : { expectedRevision }),
          },
          answers,
        });
        // It is read anew, and shows what was just recorded.
        closeCase(caseRef);
        tell(text, next, isUrgent ? "important" : "done");
        leaveFor(`/cases/${caseRef}`);
      }}
    >
      <Warning action={action} file={file} />
      {action.intro?.map((paragraph) => (
        <p class="govuk-body" key={paragraph}>
          {paragraph}
        </p>
      ))}
    </FormPage>
  );
}

// Officers of the council are not shown the school's register.
async function peopleFor(action: Action | undefined): Promise<Person[]> {
  if (!action?.asksPeople) return [];
  try {
    return await listPeople();
  } catch (error) {
    if (failureOf(error).kind === "refused") return [];
    throw error;
  }
}

export function ActionPage({ parameters }: PageProps) {
  const caseRef = parameters.caseRef ?? "";
  const action = ACTIONS.find((one) => one.id === parameters.action);
  const {
    value: context,
    failure,
    reload,
  } = useLoaded(async () => {
    const [file, people] = await Promise.all([caseOnScreen(caseRef), peopleFor(action)]);
    return { file, people };
  }, [caseRef, action?.id]);
  if (action === undefined) return <NoSuchPage />;
  if (context !== undefined) {
    return <ActionForm action={action} context={context} about={parameters.about ?? ""} />;
  }
  return (
    <Page heading={action.title}>
      {failure && <FailurePanel failure={failure} retry={reload} />}
    </Page>
  );
}
