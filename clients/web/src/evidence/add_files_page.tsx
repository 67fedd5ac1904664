import { IndecentImageAnswer } from "@api/events/v1/values_pb.js";
import { CaseService } from "@api/v1/case_service_pb.js";
import { useRef, useState } from "preact/hooks";
import { client } from "../api/client.js";
import { type Failure, failureOf } from "../api/refusal.js";
import { openCase } from "../cases/open_case.js";
import { removeDraft } from "../draft/drafts.js";
import { useDraft } from "../draft/use_draft.js";
import { errorsOf } from "../form/check.js";
import { ErrorSummary } from "../form/error_summary.js";
import type { Field, Typed } from "../form/field.js";
import { Fields } from "../form/fields.js";
import { hasProblem, messagesOf, NO_PROBLEM, type Problem } from "../form/problem.js";
import { SendButton } from "../form/send_button.js";
import { FailurePanel } from "../page/failure_panel.js";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import type { PageProps } from "../page/route.js";
import { go } from "../page/router.js";
import { IMAGE_OPTIONS } from "../report/questions.js";
import { bytesName, type ChosenFile } from "./chosen_file.js";
import { FilePicker, fileErrors } from "./file_picker.js";
import { KeepOriginals } from "./keep_originals.js";
import { sendChosen } from "./send_chosen.js";

const QUESTION: Field[] = [
  {
    kind: "choice",
    name: "answer",
    label: "Could any of these files be an indecent image of a child?",
    hint: "Also a nude or partly nude picture of somebody under 18, or a link to one.",
    missing: "Answer whether it could be an indecent image of a child",
    options: IMAGE_OPTIONS,
  },
  {
    kind: "line",
    name: "where_found",
    label: "Where was it found?",
    hint: "In words, such as “a shared folder”. Give no address: that is for the police.",
    optional: true,
    when: (typed) => (typed.answer ?? "") !== "" && typed.answer !== String(IndecentImageAnswer.NO),
  },
];

interface AddDraft {
  typed: Typed;
  isAnswered: boolean;
  suspicionId: string;
  files: ChosenFile[];
}

const newDraft = (): AddDraft => ({
  typed: {},
  isAnswered: false,
  suspicionId: crypto.randomUUID(),
  files: [],
});

// Adds files to a case: first the question, and only after a no the files (P36-P38).
export function AddFilesPage({ parameters }: PageProps) {
  const caseRef = parameters.caseRef ?? "";
  const kept = useDraft<AddDraft>(`add-files ${caseRef}`, newDraft());
  const [problem, setProblem] = useState<Problem>(NO_PROBLEM);
  const [failure, setFailure] = useState<Failure>();
  const [sent, setSent] = useState("");
  const isSending = useRef(false);
  const [busy, setBusy] = useState(false);
  const draft = kept.value;

  async function during(work: () => Promise<void>) {
    if (isSending.current) return;
    isSending.current = true;
    setBusy(true);
    setFailure(undefined);
    try {
      await work();
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      isSending.current = false;
      setBusy(false);
    }
  }

  async function answer(event: Event) {
    event.preventDefault();
    const errors = errorsOf(QUESTION, draft.typed);
    setProblem({ errors });
    if (errors.length > 0) return;
    if (draft.typed.answer === String(IndecentImageAnswer.NO)) {
      kept.set({ ...draft, isAnswered: true });
      return;
    }
    await during(async () => {
      await client(CaseService).suspectIndecentImage({
        requestId: draft.suspicionId,
        caseRef,
        answer: Number(draft.typed.answer) as IndecentImageAnswer,
        whereFound: (draft.typed.where_found ?? "").trim(),
      });
      openCase.value = undefined;
      await kept.discard();
      tell(
        "It is recorded that an indecent image is suspected. No file was taken.",
        "Call the police now: 101, or 999 if a child is in danger. Then record it here.",
      );
      go(`/cases/${caseRef}/do/police-informed`, "replace");
    });
  }

  async function send(event: Event) {
    event.preventDefault();
    const errors = [
      ...(draft.files.length === 0 ? [{ name: "files", message: "Add a screenshot or file" }] : []),
      ...fileErrors(draft.files),
    ];
    setProblem({ errors });
    if (errors.length > 0) return;
    await during(async () => {
      let current = draft;
      const keep = (next: ChosenFile) => {
        const files = current.files.map((one) => (one.key === next.key ? next : one));
        current = { ...current, files };
        kept.set(current);
      };
      for (const file of draft.files.filter((one) => !one.isFiled)) {
        await sendChosen(caseRef, file, keep, (committed) =>
          setSent(`${file.fileName}: ${Math.floor((100 * committed) / file.size)} % sent`),
        );
        keep({ ...file, isFiled: true });
        await removeDraft(bytesName(file.key));
      }
      openCase.value = undefined;
      await kept.discard();
      tell(draft.files.length === 1 ? "The file is in evidence." : "The files are in evidence.");
      go(`/cases/${caseRef}/files`, "replace");
    });
  }

  const isAsking = !draft.isAnswered;
  return (
    <Page
      caption={`Case ${caseRef}`}
      heading={isAsking ? "Before you add a file" : "Add screenshots or files"}
      back={{ to: `/cases/${caseRef}/files`, text: "Back to the files" }}
      hasErrors={hasProblem(problem)}
    >
      <ErrorSummary problem={problem} />
      {failure && <FailurePanel failure={failure} />}
      {kept.ready && isAsking && (
        <form onSubmit={answer} noValidate>
          <Fields
            fields={QUESTION}
            typed={draft.typed}
            errors={messagesOf(problem)}
            onTyped={(changes) => kept.set({ ...draft, typed: { ...draft.typed, ...changes } })}
          />
          <SendButton text="Continue" busy={busy} />
        </form>
      )}
      {kept.ready && !isAsking && (
        <form onSubmit={send} noValidate>
          <KeepOriginals />
          <FilePicker
            files={draft.files}
            report={{}}
            errors={messagesOf(problem)}
            onFiles={(files) => kept.set({ ...draft, files })}
          />
          <p class="govuk-body" role="status">
            {sent}
          </p>
          <SendButton text="Put in evidence" busy={busy} />
        </form>
      )}
    </Page>
  );
}
