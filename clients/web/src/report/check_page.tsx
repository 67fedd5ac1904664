import { CapacitySchema, PersonCategorySchema } from "@api/events/v1/values_pb.js";
import type { ComponentChildren } from "preact";
import type { ChosenFile } from "../evidence/chosen_file.js";
import { sightingFields } from "../evidence/sighting_fields.js";
import { Answers } from "../form/answers.js";
import { ErrorSummary } from "../form/error_summary.js";
import type { Field, Typed } from "../form/field.js";
import { isAsked } from "../form/field.js";
import type { Problem } from "../form/problem.js";
import { SendButton } from "../form/send_button.js";
import { Page } from "../page/page.js";
import { SummaryList, type SummaryRow } from "../page/summary_list.js";
import { capitalised, phrase } from "../words/event_words.js";
import { writtenLocalDateTime } from "../words/local_date_time.js";
import { DroppedFiles } from "./dropped_files.js";
import { stepOfField } from "./found_problem.js";
import { questionsOf } from "./questions.js";
import { namedPeople, type ReportDraft } from "./report_draft.js";
import { mayBeIndecentImage, type Step, stepsOf } from "./steps.js";

function textOf(field: Field, typed: Typed): string {
  const text = typed[field.name] ?? "";
  switch (field.kind) {
    case "choice":
    case "select":
    case "choices":
      return text
        .split(",")
        .map((value) => field.options.find((option) => option.value === value)?.text ?? "")
        .filter((part) => part !== "")
        .join("\n");
    case "tick":
      return text === "yes" ? "Yes" : "";
    case "when":
      return writtenLocalDateTime(new Answers(typed).when(field.name));
    default:
      return text;
  }
}

function rowsOf(step: Step, draft: ReportDraft): SummaryRow[] {
  const change = (what: string) => ({ to: `/report/${step}`, what: what.toLowerCase() });
  return questionsOf(step, draft)
    .filter((field) => isAsked(field, draft.typed))
    .map((field) => ({ field, text: textOf(field, draft.typed) }))
    .filter(({ field, text }) => text !== "" || !field.optional)
    .map(({ field, text }) => ({
      term: rowLabel(step, field),
      text: text === "" ? "Not answered yet" : text,
      change: change(rowLabel(step, field)),
    }));
}

function rowLabel(step: Step, field: Field): string {
  if (step === "kind") return "What you report";
  if (step === "image") return "Could it be an indecent image of a child?";
  return field.label;
}

function peopleRow(draft: ReportDraft): SummaryRow {
  const lines = namedPeople(draft).map((party) => {
    const how = phrase(CapacitySchema, Number(party.capacity));
    const connection = phrase(PersonCategorySchema, Number(party.category));
    return `${party.name}: ${how}, ${connection}`;
  });
  return {
    term: "People",
    text: lines.length === 0 ? "Nobody named" : lines.join("\n"),
    change: { to: "/report/people", what: "the people" },
  };
}

function fileText(file: ChosenFile): string {
  const seen = sightingFields(file.typed)
    .filter((field) => field.name.startsWith("sighting") && isAsked(field, file.typed))
    .map((field) => textOf(field, file.typed))
    .filter((text) => text !== "");
  return [file.fileName, capitalised(seen.join(", "))].filter((part) => part !== "").join("\n");
}

function filesRow(draft: ReportDraft): SummaryRow {
  return {
    term: "Files",
    text: draft.files.length === 0 ? "None" : draft.files.map(fileText).join("\n\n"),
    change: { to: "/report/files", what: "the files" },
  };
}

function allRows(draft: ReportDraft): SummaryRow[] {
  return stepsOf(draft).flatMap((step) => {
    if (step === "people") return [peopleRow(draft)];
    if (step === "files") return [filesRow(draft)];
    return rowsOf(step, draft);
  });
}

function addressOfField(name: string, draft: ReportDraft): string | undefined {
  const step = stepOfField(name, draft);
  return step === undefined ? undefined : `/report/${step}`;
}

interface CheckPageProps {
  draft: ReportDraft;
  problem: Problem;
  busy: boolean;
  onSend(event: Event): void;
  children?: ComponentChildren;
}

export function CheckPage({ draft, problem, busy, onSend, children }: CheckPageProps) {
  return (
    <Page
      caption="Report an incident"
      heading="Check your answers"
      back={{ to: `/report/${stepsOf(draft).at(-1)}`, text: "Back" }}
    >
      <ErrorSummary problem={problem} addressOf={(name) => addressOfField(name, draft)} />
      {children}
      {mayBeIndecentImage(draft) && (
        <div class="govuk-inset-text">
          No file goes with this report. Call the police on 101, or on 999 if a child is in danger
          now.
        </div>
      )}
      <DroppedFiles draft={draft} />
      <SummaryList rows={allRows(draft)} />
      <h2 class="govuk-heading-m">Send this report</h2>
      <p class="govuk-body">
        What is sent cannot be changed or removed, by anybody. You can always add to it. Write what
        you believe to be true; it does not have to be proven.
      </p>
      <form onSubmit={onSend} noValidate>
        <SendButton text="Send this report" busy={busy} />
      </form>
    </Page>
  );
}
