import type { CaseFile } from "@api/v1/case_pb.js";
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
}

export type Group =
  | "First"
  | "Advice"
  | "Referral"
  | "Police"
  | "Deciding"
  | "Outside the case"
  | "Closing";

// Something that can be done to a case: a page with one form. Whether the person may is the
// server's to say, with the clause and the next step.
export interface Action {
  // In the address.
  id: string;
  group: Group;
  title: string;
  // What is said before the form, a paragraph each.
  intro?: string[];
  fields: Field[] | ((file: CaseFile, typed: Typed) => Field[]);
  submit: string;
  isGrave?: boolean;
  // What reporters may do who do not handle the case.
  forReporter?: boolean;
  send(call: ActionCall): Promise<Told>;
}
