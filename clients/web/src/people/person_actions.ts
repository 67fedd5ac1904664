import {
  type PersonCategory,
  PersonCategorySchema,
  type Role,
  RoleSchema,
} from "@api/events/v1/values_pb.js";
import { PeopleService, type Person } from "@api/v1/people_service_pb.js";
import { client } from "../api/client.js";
import type { Answers } from "../form/answers.js";
import type { Field, Typed } from "../form/field.js";
import { capitalised, optionsOf, phrase } from "../words/event_words.js";
import { isGone, personOptions } from "./people.js";

export interface PersonRequest {
  requestId: string;
  personId: string;
  expectedRevision: bigint;
}

// Something that the administrator can record of a person.
export interface PersonAction {
  id: string;
  title: string;
  // Where it is called otherwise for some.
  titleFor?(person: Person): string;
  intro?: string;
  suits?(person: Person): boolean;
  fields(person: Person, people: readonly Person[]): Field[];
  // What stands in the fields before anything is typed.
  initial?(person: Person): Typed;
  submit: string;
  told: string;
  send(request: PersonRequest, answers: Answers): Promise<unknown>;
}

const MOMENT_HINT = "Without a time, from the beginning of that day. For example, 14 5 2026";

export const PERSON_ACTIONS: readonly PersonAction[] = [
  {
    id: "correct",
    title: "Correct their name, connection or job",
    intro: "A name from before is kept as a former name, and they are still found by it.",
    fields: () => [
      { kind: "line", name: "name", label: "Full name", max: 200 },
      {
        kind: "select",
        name: "category",
        label: "Connection with the school",
        options: optionsOf(PersonCategorySchema),
      },
      { kind: "line", name: "job_title", label: "Job or office", optional: true, max: 200 },
    ],
    initial: (person) => ({
      name: person.name,
      category: String(person.category),
      job_title: person.jobTitle,
    }),
    submit: "Correct it",
    told: "The register is corrected.",
    send: (request, answers) =>
      client(PeopleService).correctPerson({
        ...request,
        name: answers.text("name"),
        category: answers.choice<PersonCategory>("category"),
        jobTitle: answers.text("job_title"),
      }),
  },
  {
    id: "grant-role",
    title: "Give a role",
    titleFor: (person) => (isGone(person) ? "Give a role, to bring them back" : "Give a role"),
    fields: (person) => [
      {
        kind: "choice",
        name: "role",
        label: "Which role?",
        options: optionsOf(RoleSchema).filter(
          (option) => !person.roles.some((role) => String(role) === option.value),
        ),
      },
      {
        kind: "when",
        name: "from_time",
        label: "From when, if not from now on",
        hint: MOMENT_HINT,
        optional: true,
        timeOptional: true,
      },
    ],
    submit: "Give this role",
    told: "The role is given.",
    send: (request, answers) => {
      const fromTime = answers.moment("from_time");
      return client(PeopleService).grantRole({
        ...request,
        role: answers.choice<Role>("role"),
        ...(fromTime === undefined ? {} : { fromTime }),
      });
    },
  },
  {
    id: "end-role",
    title: "End a role",
    suits: (person) => person.roles.length > 0,
    fields: (person) => [
      {
        kind: "choice",
        name: "role",
        label: "Which role?",
        options: person.roles.map((role) => ({
          value: String(role),
          text: capitalised(phrase(RoleSchema, role)),
        })),
      },
      {
        kind: "when",
        name: "until_time",
        label: "Until when, if not until now",
        hint: "Without a time, until the end of that day. For example, 14 5 2026",
        optional: true,
        timeOptional: true,
      },
    ],
    submit: "End this role",
    told: "The role is ended.",
    send: (request, answers) => {
      const untilTime = answers.end("until_time");
      return client(PeopleService).endRole({
        ...request,
        role: answers.choice<Role>("role"),
        ...(untilTime === undefined ? {} : { untilTime }),
      });
    },
  },
  {
    id: "line-manager",
    title: "Say who their line manager is",
    intro: "Reports about colleagues go to the line manager of whoever reports (P45).",
    fields: (person, people) => [
      {
        kind: "select",
        name: "line_manager_id",
        label: "Who is their line manager?",
        options: personOptions(
          people.filter((other) => other.personId !== person.personId && other.roles.length > 0),
        ),
      },
    ],
    submit: "Record the line manager",
    told: "The line manager is recorded.",
    send: (request, answers) =>
      client(PeopleService).assignLineManager({
        ...request,
        lineManagerId: answers.text("line_manager_id"),
      }),
  },
  {
    id: "leave",
    title: "Record that they leave the school",
    intro:
      "Their roles and their sign-in end with it. They stay in the register, and what they " +
      "reported stays where it is.",
    suits: (person) => !isGone(person),
    fields: () => [
      {
        kind: "when",
        name: "left_time",
        label: "From when are they gone, if not from now on",
        hint: MOMENT_HINT,
        optional: true,
        timeOptional: true,
      },
      { kind: "line", name: "reason", label: "Why or where to", optional: true, max: 200 },
    ],
    submit: "Record the leaving",
    told: "The leaving is recorded.",
    send: (request, answers) => {
      const leftTime = answers.moment("left_time");
      return client(PeopleService).recordLeaving({
        ...request,
        ...(leftTime === undefined ? {} : { leftTime }),
        reason: answers.text("reason"),
      });
    },
  },
];
