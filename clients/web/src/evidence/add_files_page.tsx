import { IndecentImageAnswer } from "@api/events/v1/values_pb.js";
import { CaseService } from "@api/v1/case_service_pb.js";
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { client } from "../api/client.js";
import type { Failure } from "../api/refusal.js";
import { closeCase } from "../cases/open_case.js";
import { useDraft } from "../draft/use_draft.js";
import { type Asked, askedFor } from "../form/asked.js";
import { errorsOf } from "../form/check.js";
import { ErrorSummary } from "../form/error_summary.js";
import type { Field, Typed } from "../form/field.js";
import { Fields } from "../form/fields.js";
import { messagesOf, NO_PROBLEM, type Problem } from "../form/problem.js";
import { SendButton } from "../form/send_button.js";
import { FailurePanel } from "../page/failure_panel.js";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import type { PageProps } from "../page/route.js";
import { go, path } from "../page/router.js";
import { IMAGE_OPTIONS } from "../report/questions.js";
import { percentOf, quarterOf } from "../words/percent.js";
import type { ChosenFile } from "./chosen_file.js";
import { DifferingFile } from "./differing_file.js";
import { FilePicker, fileErrors } from "./file_picker.js";
import { dropFiles } from "./held_files.js";
import { KeepOriginals } from "./keep_originals.js";
import { failureOfSending, sendChosen, sendEach } from "./send_chosen.js";

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
  asked?: Asked;
  files: ChosenFile[];
}

const CHOOSE_AGAIN = "Remove it here, then choose it again.";

const NO = String(IndecentImageAnswer.NO);

function sentInWords({ fileName }: ChosenFile, percent: number): string {
  return `${fileName}: ${percent} % sent`;
}

// Sending goes on when its page is left, and there is one at a time.
const isSending = signal(false);

// Adds files to a case: first the question, and only after a no the files (P36-P38).
export function AddFilesPage({ parameters }: PageProps) {
  const caseRef = parameters.caseRef ?? "";
  const draftName = `add-files ${caseRef}`;
  const kept = useDraft<AddDraft>(draftName, { typed: {}, files: [] });
  const [problem, setProblem] = useState<Problem>(NO_PROBLEM);
  const [failure, setFailure] = useState<Failure>();
  const [sent, setSent] = useState<{ file: ChosenFile; bytes: number }>();
  const busy = isSending.value;
  const address = `/cases/${caseRef}/add-files`;
  const draft = kept.value;
  // An answer is one for the files that wait; the next ones are asked about anew.
  const [isAnswered, setAnswered] = useState(false);
  const waiting = draft.files.filter((file) => !file.isFiled);
  const differing = draft.files.filter((file) => file.differs);
  const isAsking = draft.typed.answer !== NO || !(isAnswered || waiting.length > 0);

  useEffect(() => {
    if (kept.ready && isAsking && draft.typed.answer === NO) {
      kept.set((before) => ({ ...before, typed: {} }));
    }
  }, [kept.ready]);

  // What is another file in evidence stays here, whatever becomes of the others.
  async function endWith(files: ChosenFile[]) {
    if (files.length === 0) return kept.discard();
    kept.set({ typed: {}, files });
    setAnswered(false);
  }

  function forget(file: ChosenFile) {
    dropFiles([file]);
    kept.set((before) => ({
      ...before,
      files: before.files.filter(({ key }) => key !== file.key),
    }));
  }

  function askAgain() {
    dropFiles(waiting);
    kept.set({ typed: {}, files: differing });
    setAnswered(false);
    setProblem(NO_PROBLEM);
    setFailure(undefined);
  }

  async function during(work: () => Promise<void>) {
    if (isSending.value) return;
    isSending.value = true;
    setFailure(undefined);
    try {
      await work();
    } catch (error) {
      setFailure(failureOfSending(error, CHOOSE_AGAIN));
    } finally {
      isSending.value = false;
    }
  }

  async function answer(event: Event) {
    event.preventDefault();
    const errors = errorsOf(QUESTION, draft.typed);
    setProblem({ errors });
    if (errors.length > 0) return;
    if (draft.typed.answer === NO) {
      setAnswered(true);
      return;
    }
    await during(async () => {
      const asked = askedFor(draft.asked, JSON.stringify(draft.typed));
      kept.set((before) => ({ ...before, asked }));
      await client(CaseService).suspectIndecentImage({
        requestId: asked.requestId,
        caseRef,
        answer: Number(draft.typed.answer) as IndecentImageAnswer,
        whereFound: (draft.typed.where_found ?? "").trim(),
      });
      closeCase(caseRef);
      await endWith(differing);
      tell(
        "Call the police now: 101, or 999 if a child is in danger.",
        "It is recorded that an indecent image is suspected. No file was taken. When you have " +
          "called, record it here.",
        "important",
      );
      go(`/cases/${caseRef}/do/police-informed`, "replace");
    });
  }

  async function send(event: Event) {
    event.preventDefault();
    const errors = [
      ...(waiting.length === 0 ? [{ name: "files", message: "Add a screenshot or file" }] : []),
      ...fileErrors(waiting),
    ];
    setProblem({ errors });
    if (errors.length > 0) return;
    await during(async () => {
      const wrong = [...differing];
      try {
        await sendEach(waiting, async (chosen) => {
          const done = await sendChosen({
            caseRef,
            answer: Number(draft.typed.answer) as IndecentImageAnswer,
            chosen,
            onChange: (next) =>
              kept.set((before) => ({
                ...before,
                files: before.files.map((one) => (one.key === next.key ? next : one)),
              })),
            onProgress: (bytes) => setSent({ file: chosen, bytes }),
          });
          if (done.differs) wrong.push(done);
          else dropFiles([done]);
        });
      } finally {
        closeCase(caseRef);
      }
      await endWith(wrong);
      if (wrong.length > 0) return;
      tell(draft.files.length === 1 ? "The file is in evidence." : "The files are in evidence.");
      // Whoever has gone elsewhere meanwhile stays there.
      if (path.value === address) go(`/cases/${caseRef}/files`, "replace");
    });
  }

  return (
    <Page
      caption={`Case ${caseRef}`}
      heading={isAsking ? "Before you add a file" : "Add screenshots or files"}
      back={{ to: `/cases/${caseRef}/files`, text: "Back to the files" }}
    >
      <ErrorSummary problem={problem} />
      {failure && <FailurePanel failure={failure} />}
      {!busy &&
        differing.map((file) => (
          <DifferingFile key={file.key} file={file} onKept={() => forget(file)} />
        ))}
      {kept.ready && isAsking && (
        <form onSubmit={answer} noValidate>
          <Fields
            fields={QUESTION}
            typed={draft.typed}
            errors={messagesOf(problem)}
            onTyped={(changes) =>
              kept.set((before) => ({ ...before, typed: { ...before.typed, ...changes } }))
            }
          />
          <SendButton text="Continue" busy={busy} />
        </form>
      )}
      {kept.ready && !isAsking && (
        <form onSubmit={send} noValidate>
          <KeepOriginals />
          {/* What is being sent is not changed meanwhile, and nothing joins it unseen. */}
          {!busy && (
            <>
              <p class="govuk-body">
                Could it be an indecent image of a child? You answered: No.{" "}
                <button type="button" class="wb-link-button" onClick={askAgain}>
                  Change
                  {waiting.length > 0 && ", which takes the files out"}
                </button>
              </p>
              <FilePicker
                draft={draftName}
                files={waiting}
                report={{}}
                errors={messagesOf(problem)}
                onFiles={(change) =>
                  kept.set((before) => ({ ...before, files: change(before.files) }))
                }
              />
            </>
          )}
          {busy && sent && (
            <p class="govuk-body" aria-hidden="true">
              {sentInWords(sent.file, percentOf(sent.bytes, sent.file.size))}
            </p>
          )}
          <p class="govuk-visually-hidden" role="status">
            {busy && sent && sentInWords(sent.file, quarterOf(sent.bytes, sent.file.size))}
          </p>
          <SendButton text="Put in evidence" busy={busy} />
        </form>
      )}
    </Page>
  );
}
