import type { IncidentKind, IndecentImageAnswer } from "@api/events/v1/values_pb.js";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Failure, failureOf } from "../api/refusal.js";
import { flushDrafts, removeDraft } from "../draft/drafts.js";
import { useDraft } from "../draft/use_draft.js";
import { bytesName } from "../evidence/chosen_file.js";
import { forgetFiles } from "../evidence/held_files.js";
import { FileMissingError } from "../evidence/send_chosen.js";
import { NO_PROBLEM, type Problem, problemOf } from "../form/problem.js";
import type { PageProps } from "../page/route.js";
import { NoSuchPage } from "../page/route.js";
import { go } from "../page/router.js";
import { CheckPage, missingErrors, openSteps } from "./check_page.js";
import { reportDone } from "./done_page.js";
import { FilesStep } from "./files_step.js";
import { PeopleStep } from "./people_step.js";
import { PoliceFirst } from "./police_first.js";
import { QuestionPage } from "./question_page.js";
import { questionsOf } from "./questions.js";
import { isStarted, newReport, REPORT_DRAFT, type ReportDraft } from "./report_draft.js";
import { sendReport } from "./send_report.js";
import { SendingPage } from "./sending_page.js";
import { mayBeIndecentImage, type Step, stepsOf } from "./steps.js";

const FILE_MISSING: Failure = {
  kind: "broken",
  code: "",
  clauses: [],
  message: "A large file is not on this computer any more.",
  nextStep: "Leave it out here, and add it to the case afterwards.",
  field: "",
};

function forget(draft: ReportDraft) {
  for (const file of draft.files) void removeDraft(bytesName(file.key));
  forgetFiles();
}

export function ReportPage({ parameters }: PageProps) {
  const kept = useDraft<ReportDraft>(REPORT_DRAFT, newReport());
  const [committed, setCommitted] = useState<ReadonlyMap<string, number>>(new Map());
  const [problem, setProblem] = useState<Problem>(NO_PROBLEM);
  const [failure, setFailure] = useState<Failure>();
  const [failedKey, setFailedKey] = useState<string>();
  const [busy, setBusy] = useState(false);
  const isSending = useRef(false);
  const draft = kept.value;
  const step = parameters.step ?? "kind";

  useEffect(() => {
    if (!kept.ready || step !== "check" || draft.wasChecked) return;
    kept.set({ ...draft, wasChecked: true });
  }, [kept.ready, step]);

  async function send(from: ReportDraft) {
    if (isSending.current) return;
    isSending.current = true;
    setBusy(true);
    setProblem(NO_PROBLEM);
    setFailure(undefined);
    setFailedKey(undefined);
    let current = from;
    try {
      const sent = await sendReport(
        from,
        (next) => {
          current = next;
          kept.set(next);
          // What was sent has to be known after a power cut as well.
          void flushDrafts();
        },
        ({ key, committed: bytes }) => setCommitted((before) => new Map(before).set(key, bytes)),
      );
      forget(sent);
      await kept.discard();
      if (sent.sent === undefined) return;
      reportDone.value = {
        ...sent.sent,
        kind: Number(sent.typed.kind) as IncidentKind,
        answer: Number(sent.typed.indecent_image_answer) as IndecentImageAnswer,
        filesCount: sent.files.length,
      };
      go("/report/done", "replace");
    } catch (error) {
      const what = error instanceof FileMissingError ? FILE_MISSING : failureOf(error);
      if (current.sent === undefined) {
        const fields = stepsOf(current).flatMap((one) => questionsOf(one, current));
        setProblem(problemOf([...fields, { name: "parties" }], what));
      } else {
        setFailure(what);
        setFailedKey(current.files.find((file) => !file.isFiled)?.key);
      }
    } finally {
      isSending.current = false;
      setBusy(false);
    }
  }

  function sendNow(event: Event) {
    event.preventDefault();
    const open = openSteps(draft);
    const first = open[0];
    if (first !== undefined) {
      const errors = missingErrors(draft);
      if (errors.length === 0) go(`/report/${first}`);
      else setProblem({ errors });
      return;
    }
    void send(draft);
  }

  if (!kept.ready) return <main class="govuk-main-wrapper" id="main" aria-busy="true" />;

  if (draft.sent !== undefined) {
    return (
      <SendingPage
        draft={draft}
        committed={committed}
        failure={busy ? undefined : (failure ?? INTERRUPTED)}
        failedKey={failedKey}
        onRetry={() => void send(draft)}
        onLeaveOut={(key) => {
          const without = { ...draft, files: draft.files.filter((file) => file.key !== key) };
          kept.set(without);
          void send(without);
        }}
      />
    );
  }
  if (step === "check") {
    return <CheckPage draft={draft} problem={problem} busy={busy} onSend={sendNow} />;
  }
  return <StepView step={step} draft={draft} onDraft={kept.set} />;
}

// After a new start, when nobody has pressed the button yet.
const INTERRUPTED: Failure = {
  kind: "broken",
  code: "",
  clauses: [],
  message: "Your report is recorded, but not all files are.",
  nextStep: "Send the rest now. What the server has already is not sent again.",
  field: "",
};

interface StepViewProps {
  step: string;
  draft: ReportDraft;
  onDraft(next: ReportDraft): void;
}

function StepView({ step, draft, onDraft }: StepViewProps) {
  const common = { draft, onDraft };
  if (!(stepsOf(draft) as string[]).includes(step)) return <NoSuchPage />;
  switch (step as Step) {
    case "people":
      return <PeopleStep {...common} />;
    case "files":
      return <FilesStep {...common} />;
    case "police":
      return (
        <QuestionPage {...common} step="police" submit="I have understood">
          <PoliceFirst />
        </QuestionPage>
      );
    case "image":
      return (
        <QuestionPage {...common} step="image">
          <p class="govuk-body">
            Also a nude or partly nude picture of somebody under 18, or a link to one. Do not look
            again to find out: “I am not sure” is an answer.
          </p>
        </QuestionPage>
      );
    case "what":
      return (
        <QuestionPage {...common} step="what">
          {mayBeIndecentImage(draft) && (
            <div class="govuk-inset-text">
              Say where and when it was found. Do not describe what the image shows, and give no
              address of it: that is for the police (P36).
            </div>
          )}
        </QuestionPage>
      );
    case "kind":
      return (
        <QuestionPage {...common} step="kind">
          {isStarted(draft) ? (
            <div class="govuk-inset-text">
              You have begun a report and not sent it. It is as you left it.{" "}
              <button
                type="button"
                class="wb-link-button"
                onClick={() => {
                  forget(draft);
                  onDraft(newReport());
                }}
              >
                Delete it and begin a new one
              </button>
            </div>
          ) : (
            <p class="govuk-body">
              It takes some ten minutes. If you only want to say that something you did might be
              misunderstood,{" "}
              <a class="govuk-link" href="/report/self">
                report it in two minutes
              </a>
              .
            </p>
          )}
        </QuestionPage>
      );
    default:
      return <QuestionPage {...common} step={step as Step} />;
  }
}
