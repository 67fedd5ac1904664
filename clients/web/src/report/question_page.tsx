import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ErrorSummary } from "../form/error_summary.js";
import { Fields } from "../form/fields.js";
import { hasProblem, messagesOf, NO_PROBLEM, type Problem } from "../form/problem.js";
import { Page } from "../page/page.js";
import { go } from "../page/router.js";
import { foundOn } from "./found_problem.js";
import { HEADINGS, questionsOf } from "./questions.js";
import type { ReportDraft } from "./report_draft.js";
import { errorsOn, nextAddress, previousAddress, type Step } from "./steps.js";

interface QuestionPageProps {
  step: Step;
  draft: ReportDraft;
  onDraft(next: (before: ReportDraft) => ReportDraft): void;
  // What is said before the question.
  children?: ComponentChildren;
  // What is asked besides the plain questions.
  more?: (errors: ReadonlyMap<string, string>) => ComponentChildren;
  submit?: string;
}

// A page of the report: one thing is asked, kept while it is typed, and checked on going on.
export function QuestionPage(props: QuestionPageProps) {
  const { step, draft, onDraft, children, more, submit = "Continue" } = props;
  const [problem, setProblem] = useState<Problem>(NO_PROBLEM);
  const questions = questionsOf(step, draft);
  const messages = messagesOf(problem);
  // After the heading, which takes the focus when somebody comes to a page.
  useEffect(() => {
    const found = foundOn(step, draft);
    if (hasProblem(found)) setProblem(found);
  }, [step]);

  function goOn(event: Event) {
    event.preventDefault();
    const errors = errorsOn(step, draft);
    setProblem({ errors });
    if (errors.length === 0) go(nextAddress(step, draft));
  }

  return (
    <Page
      caption="Report an incident"
      heading={HEADINGS[step]}
      back={{ to: previousAddress(step, draft), text: "Back" }}
    >
      <ErrorSummary problem={problem} />
      {children}
      <form onSubmit={goOn} noValidate>
        <Fields
          fields={questions}
          typed={draft.typed}
          errors={messages}
          onTyped={(changes) =>
            onDraft((before) => ({ ...before, typed: { ...before.typed, ...changes } }))
          }
        />
        {more?.(messages)}
        <button type="submit" class="govuk-button">
          {submit}
        </button>
      </form>
    </Page>
  );
}
