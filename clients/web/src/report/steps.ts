import {
  HeadteacherAnswer,
  type IncidentKind,
  IndecentImageAnswer,
  PersonCategory,
} from "@api/events/v1/values_pb.js";
import { fileErrors } from "../evidence/file_picker.js";
import { errorsOf, type FieldError } from "../form/check.js";
import { partyErrors } from "./party_errors.js";
import { questionsOf } from "./questions.js";
import { namedPeople, type ReportDraft } from "./report_draft.js";

// The pages of a report, one thing each.
export type Step =
  | "kind"
  | "image"
  | "police"
  | "what"
  | "when"
  | "people"
  | "headteacher"
  | "wishes"
  | "files";

const NOT_ADULTS_OF_SCHOOL = new Set([
  PersonCategory.PUPIL,
  PersonCategory.FORMER_PUPIL,
  PersonCategory.PARENT,
  PersonCategory.VISITOR,
  PersonCategory.OFFICER,
]);

export function isKind(draft: ReportDraft, kind: IncidentKind): boolean {
  return draft.typed.kind === String(kind);
}

// Anything but "no" counts as yes (P36).
export function mayBeIndecentImage(draft: ReportDraft): boolean {
  const answer = draft.typed.indecent_image_answer ?? "";
  return answer !== "" && answer !== String(IndecentImageAnswer.NO);
}

// As the server asks it: of a report about somebody who is given by name alone and may be an
// adult of the school.
function asksAboutHeadteacher(draft: ReportDraft): boolean {
  return namedPeople(draft).some(
    (party) => party.personId === "" && !NOT_ADULTS_OF_SCHOOL.has(Number(party.category)),
  );
}

export function stepsOf(draft: ReportDraft): Step[] {
  const mayBe = mayBeIndecentImage(draft);
  return [
    "kind",
    "image",
    ...(mayBe ? (["police"] as const) : []),
    "what",
    "when",
    "people",
    ...(asksAboutHeadteacher(draft) ? (["headteacher"] as const) : []),
    "wishes",
    ...(mayBe ? [] : (["files"] as const)),
  ];
}

// What can be seen to be wrong with what a page asks.
export function errorsOn(step: Step, draft: ReportDraft): FieldError[] {
  switch (step) {
    case "people":
      return partyErrors(draft.people);
    case "files":
      return fileErrors(draft.files);
    default:
      return errorsOf(questionsOf(step, draft), draft.typed);
  }
}

function isComplete(step: Step, draft: ReportDraft): boolean {
  return errorsOn(step, draft).length === 0;
}

// The page after one; once all was checked, the next that still lacks something.
export function nextAddress(step: Step, draft: ReportDraft): string {
  const steps = stepsOf(draft);
  if (draft.wasChecked) {
    const open = steps.find((one) => !isComplete(one, draft));
    return open === undefined ? "/report/check" : `/report/${open}`;
  }
  const next = steps[steps.indexOf(step) + 1];
  return next === undefined ? "/report/check" : `/report/${next}`;
}

export function previousAddress(step: Step, draft: ReportDraft): string {
  if (draft.wasChecked) return "/report/check";
  const steps = stepsOf(draft);
  const previous = steps[steps.indexOf(step) - 1];
  return previous === undefined ? "/" : `/report/${previous}`;
}

export function headteacherAnswer(draft: ReportDraft): HeadteacherAnswer {
  if (!asksAboutHeadteacher(draft)) return HeadteacherAnswer.UNSPECIFIED;
  return Number(draft.typed.about_headteacher ?? 0) as HeadteacherAnswer;
}
