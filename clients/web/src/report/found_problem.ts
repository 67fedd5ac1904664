import { signal } from "@preact/signals";
import type { Failure } from "../api/refusal.js";
import { NO_PROBLEM, type Problem, problemOf } from "../form/problem.js";
import { onLeaving } from "../session/leaving.js";
import { questionsOf } from "./questions.js";
import { namedPeople, type ReportDraft } from "./report_draft.js";
import { errorsOn, type Step, stepsOf } from "./steps.js";

// What was found wrong when the report was to be sent. Each page of the report shows its part
// when somebody comes to mend it.
export const foundProblem = signal<Problem>(NO_PROBLEM);
onLeaving(() => {
  foundProblem.value = NO_PROBLEM;
});

// The page that asks for a field; none where the field is on no page.
export function stepOfField(name: string, draft: ReportDraft): Step | undefined {
  if (name.startsWith("parties")) return "people";
  return stepsOf(draft).find(
    (step) =>
      questionsOf(step, draft).some(
        (question) => name === question.name || name.startsWith(`${question.name}.`),
      ) || errorsOn(step, draft).some((error) => error.name === name),
  );
}

export function foundOn(step: Step, draft: ReportDraft): Problem {
  const { errors, failure } = foundProblem.value;
  const here = errors.filter(({ name }) => stepOfField(name, draft) === step);
  if (here.length === 0) return NO_PROBLEM;
  return failure === undefined ? { errors: here } : { errors: here, failure };
}

// Once somebody changes a page, what was wrong with it may be right.
export function forgetFoundOn(step: Step, draft: ReportDraft): void {
  const { errors } = foundProblem.value;
  const elsewhere = errors.filter(({ name }) => stepOfField(name, draft) !== step);
  if (elsewhere.length < errors.length) foundProblem.value = { errors: elsewhere };
}

export function missingAnswers(draft: ReportDraft): Problem {
  return { errors: stepsOf(draft).flatMap((step) => errorsOn(step, draft)) };
}

// The server counts those who are named; the page has a card for those who are not as well.
function onPage(field: string, draft: ReportDraft): string {
  const [, index, rest = ".name"] = /^parties\[(\d+)\](\.\w+)?$/.exec(field) ?? [];
  const party = index === undefined ? undefined : namedPeople(draft)[Number(index)];
  return party === undefined ? field : `parties[${draft.people.indexOf(party)}]${rest}`;
}

export function refusedReport(draft: ReportDraft, failure: Failure): Problem {
  const fields = stepsOf(draft).flatMap((step) => questionsOf(step, draft));
  const field = onPage(failure.field, draft);
  const people = field.startsWith("parties") ? [{ name: field }] : [];
  return problemOf([...fields, ...people], { ...failure, field });
}
