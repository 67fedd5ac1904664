import { Role } from "@api/events/v1/values_pb.js";
import type { Session } from "@api/v1/access_service_pb.js";
import type { EntryStage, Register, RegisterEntry } from "@api/v1/register_pb.js";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { Answers } from "../form/answers.js";
import type { Field } from "../form/field.js";
import { holdsAny } from "../session/session.js";

// A page that makes an entry of a register. Its fields are called what a refusal calls them.
export interface RegisterForm {
  id: string;
  register: Register;
  title: string;
  intro?: string;
  // Whom it is for, where not everybody of the school may; the server decides.
  isFor?(session: Session): boolean;
  // Asked of the server first, where there is something to choose from.
  fields(): Promise<Field[]>;
  submit: string;
  send(requestId: string, answers: Answers): Promise<{ entryId: string }>;
}

export interface EntryRequest {
  requestId: string;
  entryId: string;
  expectedRevision: bigint;
}

// Something that can be done to an entry.
export interface EntryAction {
  id: string;
  register: Register;
  title: string;
  intro?: string;
  // At which stages of an entry it can make sense.
  stages: readonly EntryStage[];
  // For whom, and for which entries, where it is not all; the server decides.
  isFor?(entry: RegisterEntry, session: Session): boolean;
  fields(entry: RegisterEntry): Promise<Field[]>;
  submit: string;
  send(request: EntryRequest, answers: Answers): Promise<unknown>;
}

// For a form with nothing to choose from.
export const asked = (fields: Field[]) => async () => fields;

export const why = (name: string): Field => ({
  kind: "text",
  name,
  label: "Why",
  missing: "Enter your reasons",
  rows: 3,
});

// A moment that is now unless somebody says otherwise.
export const whenIfNotNow = (name: string): Field => ({
  kind: "when",
  name,
  label: "When, if not just now",
  optional: true,
});

// A moment as a part of a message; nothing where none was given.
export function moment<Key extends string>(
  answers: Answers,
  name: string,
  key: Key,
): Partial<Record<Key, Timestamp>> {
  const time = answers.moment(name);
  return time === undefined ? {} : ({ [key]: time } as Record<Key, Timestamp>);
}

// The end of a term; nothing where none was given.
export function end<Key extends string>(
  answers: Answers,
  name: string,
  key: Key,
): Partial<Record<Key, Timestamp>> {
  const time = answers.end(name);
  return time === undefined ? {} : ({ [key]: time } as Record<Key, Timestamp>);
}

export function isOpener(entry: RegisterEntry, session: Session): boolean {
  return entry.steps[0]?.actorId === session.personId;
}

export function isLeadership(session: Session): boolean {
  return holdsAny(session, Role.HEADTEACHER, Role.SENIOR_LEADERSHIP);
}
