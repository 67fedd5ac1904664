import type { IncidentKind, IndecentImageAnswer } from "@api/events/v1/values_pb.js";
import type { ReportSummary } from "@api/v1/case_pb.js";
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { Failure } from "../api/refusal.js";
import { flushDrafts } from "../draft/drafts.js";
import { useDraft } from "../draft/use_draft.js";
import { dropFiles } from "../evidence/held_files.js";
import { failedFiles, failureOfSending } from "../evidence/send_chosen.js";
import { hasProblem, NO_PROBLEM, type Problem } from "../form/problem.js";
import { Loading } from "../page/loading.js";
import type { PageProps } from "../page/route.js";
import { NoSuchPage } from "../page/route.js";
import { go, path } from "../page/router.js";
import { BegunBefore } from "./begun_before.js";
import { CheckPage } from "./check_page.js";
import { reportDone, tellDone } from "./done_page.js";
import { DroppedFiles } from "./dropped_files.js";
import { EarlierReports } from "./earlier_reports.js";
import { FilesStep } from "./files_step.js";
import { forgetFoundOn, foundProblem, missingAnswers, refusedReport } from "./found_problem.js";
import { PeopleStep } from "./people_step.js";
import { PoliceFirst } from "./police_first.js";
import { QuestionPage } from "./question_page.js";
import {
  filesToSend,
  isAllFiled,
  isStarted,
  newReport,
  REPORT_DRAFT,
  type ReportDraft,
} from "./report_draft.js";
import { mayBeRecorded, sendReport } from "./send_report.js";
import { SendingPage } from "./sending_page.js";
import { mayBeIndecentImage, type Step, stepsOf } from "./steps.js";

// What may be an indecent image is not kept on this computer, and goes nowhere from here.
function withoutForbiddenFiles(draft: ReportDraft): ReportDraft {
  if (!mayBeIndecentImage(draft) || draft.files.length === 0) return draft;
  dropFiles(draft.files);
  return { ...draft, files: [], droppedCount: draft.files.length };
}

// Sending goes on when its page is left, and there is one at a time.
const isSending = signal(false);

function isOnReport(address: string): boolean {
  return (
    address === "/report" || (/^\/report\/[a-z]+$/.test(address) && address !== "/report/self")
  );
}

export function ReportPage({ parameters }: PageProps) {
  const kept = useDraft<ReportDraft>(REPORT_DRAFT, newReport());
  const [committed, setCommitted] = useState<ReadonlyMap<string, number>>(new Map());
  const [problem, setProblem] = useState(NO_PROBLEM);
  const [failure, setFailure] = useState<Failure>();
  const [failedKeys, setFailedKeys] = useState<readonly string[]>([]);
  const [earlier, setEarlier] = useState<ReportSummary[]>([]);
  const busy = isSending.value;
  const draft = kept.value;
  const step = parameters.step ?? "kind";

  useEffect(() => {
    if (!kept.ready || step !== "check" || draft.wasChecked) return;
    kept.set((before) => ({ ...before, wasChecked: true }));
  }, [kept.ready, step]);

  const change = (next: ReportDraft | ((before: ReportDraft) => ReportDraft)) =>
    kept.set((before) => {
      forgetFoundOn(step as Step, before);
      return withoutForbiddenFiles(typeof next === "function" ? next(before) : next);
    });

  function tellProblem(next: Problem) {
    setProblem(next);
    foundProblem.value = next;
  }

  async function send(from: ReportDraft, isAnother = false) {
    if (isSending.value) return;
    isSending.value = true;
    tellProblem(NO_PROBLEM);
    setFailure(undefined);
    setFailedKeys([]);
    setEarlier([]);
    let current = from;
    try {
      const recorded = isAnother || from.sent ? [] : await mayBeRecorded(from);
      if (recorded.length > 0) {
        setEarlier(recorded);
        return;
      }
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
      // A copy that may be the only right one is not thrown away unseen.
      if (sent.files.some((file) => file.differs)) return;
      dropFiles(sent.files);
      await kept.discard();
      if (sent.sent === undefined) return;
      const done = {
        ...sent.sent,
        kind: Number(sent.typed.kind) as IncidentKind,
        answer: Number(sent.typed.indecent_image_answer) as IndecentImageAnswer,
        filesCount: filesToSend(sent).length,
      };
      reportDone.value = done;
      // Whoever has gone elsewhere meanwhile stays there.
      if (isOnReport(path.value)) go("/report/done", "replace");
      else tellDone(done);
    } catch (error) {
      const what = failureOfSending(
        error,
        "Or leave it out here, and add it to the case afterwards.",
      );
      if (current.sent === undefined) {
        tellProblem(refusedReport(current, what));
      } else {
        setFailure(what);
        setFailedKeys(failedFiles(error).map((file) => file.key));
      }
    } finally {
      isSending.value = false;
    }
  }

  function sendNow(event: Event) {
    event.preventDefault();
    const missing = missingAnswers(draft);
    if (hasProblem(missing)) tellProblem(missing);
    else void send({ ...draft, wasChecked: true });
  }

  if (!kept.ready) return <Loading />;

  if (draft.sent !== undefined) {
    const isOnlyDiffering = isAllFiled(draft) && draft.files.some((file) => file.differs);
    return (
      <SendingPage
        draft={draft}
        committed={committed}
        isSending={busy}
        failure={failure ?? (isOnlyDiffering ? undefined : INTERRUPTED)}
        failedKeys={failedKeys}
        onRetry={() => void send(draft)}
        onLeaveOut={(key) => {
          dropFiles(draft.files.filter((file) => file.key === key));
          const without = { ...draft, files: draft.files.filter((file) => file.key !== key) };
          kept.set(without);
          void send(without);
        }}
        onOriginalKept={(key) => {
          dropFiles(draft.files.filter((file) => file.key === key));
          const files = draft.files.map((file) =>
            file.key === key ? { ...file, differs: false } : file,
          );
          const next = { ...draft, files };
          kept.set(next);
          if (isAllFiled(next) && !files.some((file) => file.differs)) void send(next);
        }}
      />
    );
  }
  if (step === "check") {
    return (
      <CheckPage draft={draft} problem={problem} busy={busy} onSend={sendNow}>
        {earlier.length > 0 && (
          <EarlierReports reports={earlier} onAnother={() => void send(draft, true)} />
        )}
      </CheckPage>
    );
  }
  return <StepView step={step} draft={draft} onDraft={change} />;
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
  onDraft(next: ReportDraft | ((before: ReportDraft) => ReportDraft)): void;
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
          <DroppedFiles draft={draft} />
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
          <DroppedFiles draft={draft} />
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
            <BegunBefore
              onDelete={() => {
                dropFiles(draft.files);
                foundProblem.value = NO_PROBLEM;
                onDraft(newReport());
              }}
            />
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
