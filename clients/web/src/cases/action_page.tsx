import type { CaseFile } from "@api/v1/case_pb.js";
import { FormPage } from "../form/form_page.js";
import type { Sending } from "../form/use_form.js";
import { FailurePanel } from "../page/failure_panel.js";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import { NoSuchPage, type PageProps } from "../page/route.js";
import { go } from "../page/router.js";
import { useLoaded } from "../page/use_loaded.js";
import type { Action } from "./actions/action.js";
import { ACTIONS } from "./actions/actions.js";
import { isShownWhole } from "./case_frame.js";
import { caseOnScreen, openCase } from "./open_case.js";

// The revision that the person has seen, so that nobody decides past somebody else. Who does
// not see the case whole cannot know it.
function expectedRevision(file: CaseFile, sending: Sending): bigint | undefined {
  if (sending.expectedRevision !== undefined) return sending.expectedRevision;
  return isShownWhole(file) ? file.summary?.revision : undefined;
}

function ActionForm({ action, file }: { action: Action; file: CaseFile }) {
  const caseRef = file.summary?.caseRef ?? "";
  const { fields } = action;
  return (
    <FormPage
      caption={`Case ${caseRef}`}
      heading={action.title}
      back={{ to: `/cases/${caseRef}`, text: "Back to the case" }}
      draft={`${action.id} ${caseRef}`}
      fields={typeof fields === "function" ? (typed) => fields(file, typed) : fields}
      submit={action.submit}
      warning={action.isGrave ?? false}
      send={async (sending) => {
        const expected = expectedRevision(file, sending);
        const { text, next } = await action.send({
          request: {
            requestId: sending.requestId,
            caseRef,
            ...(expected === undefined ? {} : { expectedRevision: expected }),
          },
          answers: sending.answers,
        });
        // It is read anew, and shows what was just recorded.
        openCase.value = undefined;
        tell(text, next);
        go(`/cases/${caseRef}`, "replace");
      }}
    >
      {action.intro?.map((paragraph) => (
        <p class="govuk-body" key={paragraph}>
          {paragraph}
        </p>
      ))}
    </FormPage>
  );
}

export function ActionPage({ parameters }: PageProps) {
  const caseRef = parameters.caseRef ?? "";
  const action = ACTIONS.find((one) => one.id === parameters.action);
  const { value: file, failure, reload } = useLoaded(() => caseOnScreen(caseRef), [caseRef]);
  if (action === undefined) return <NoSuchPage />;
  if (file !== undefined) return <ActionForm action={action} file={file} />;
  return (
    <Page heading={action.title}>
      {failure && <FailurePanel failure={failure} retry={reload} />}
    </Page>
  );
}
