import type { CaseFile } from "@api/v1/case_pb.js";
import type { Person } from "@api/v1/people_service_pb.js";
import type { DescMethod, DescMethodUnary } from "@bufbuild/protobuf";
import type { Answers } from "../../form/answers.js";
import type { Field, Typed } from "../../form/field.js";

// What every request about a case has.
export interface CaseRequest {
  requestId: string;
  caseRef: string;
  // Left out by who does not see the case whole: they cannot know its last entry.
  expectedRevision?: bigint;
}

export interface ActionCall {
  request: CaseRequest;
  answers: Answers;
}

// What is told on the page that follows.
export interface Told {
  text: string;
  next?: string;
  // Set where somebody has to do something now: that is not told as done.
  isUrgent?: boolean;
}

// What the fields of a form may depend on besides what is typed.
export interface FormContext {
  file: CaseFile;
  // The school's register, for the actions that ask for it; else empty.
  people: readonly Person[];
}

// In the order in which they stand on a page.
export const GROUPS = [
  "The report",
  "Files",
  "Who handles it",
  "Advice",
  "Referral",
  "Police",
  "Deciding",
  "Outside the case",
  "Closing",
] as const;

export type Group = (typeof GROUPS)[number];

// Something that can be done to a case: a page with one form. Whether the person may is the
// server's to say, with the clause and the next step.
export interface Action {
  // In the address.
  id: string;
  group: Group;
  // What the form calls, by which the server says whether it can be done now.
  method: DescMethodUnary;
  title: string;
  // What is said before the form, a paragraph each.
  intro?: string[];
  fields: Field[] | ((context: FormContext, typed: Typed) => Field[]);
  // Whether the fields offer people of the school's register.
  asksPeople?: boolean;
  // The field that the address may fill in, such as the file that is meant.
  about?: string;
  submit: string;
  isGrave?: boolean;
  send(call: ActionCall): Promise<Told>;
}

// As the server names it: "wardbook.v1.CaseService/CloseCase".
export function methodPath({ parent, name }: DescMethod): string {
  return `${parent.typeName}/${name}`;
}

export function fieldsOf(action: Action, context: FormContext, typed: Typed): Field[] {
  return typeof action.fields === "function" ? action.fields(context, typed) : action.fields;
}
