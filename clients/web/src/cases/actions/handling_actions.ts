import { Role, RouteSchema } from "@api/events/v1/values_pb.js";
import type { CaseFile } from "@api/v1/case_pb.js";
import { EscalationService } from "@api/v1/escalation_service_pb.js";
import { client } from "../../api/client.js";
import { personOptions, staffOf } from "../../people/people.js";
import { type Option, phrase } from "../../words/event_words.js";
import { hexOf } from "../../words/hex.js";
import type { Action, FormContext } from "./action.js";

const LEADERS: ReadonlySet<Role> = new Set([
  Role.HEADTEACHER,
  Role.SENIOR_LEADERSHIP,
  Role.SAFEGUARDING_LEAD,
  Role.CHAIR_OF_GOVERNORS,
]);

// Those who acted in the case: officers of the council are not shown the school's register.
function actorsOf(file: CaseFile): Option[] {
  const names = new Map(file.timeline.map(({ actorId, actorName }) => [actorId, actorName]));
  return [...names].map(([value, text]) => ({ value, text }));
}

function holdersOf({ file, people }: FormContext): Option[] {
  const holders = staffOf(people);
  return holders.length > 0 ? personOptions(holders) : actorsOf(file);
}

// Who receives the material now, by id.
function recipientOf({ timeline }: CaseFile): string {
  let recipient = "";
  for (const { event } of timeline) {
    const body = event?.body;
    if (body?.case === "recipientHandedOver") recipient = hexOf(body.value.toId);
    if (body?.case === "incidentReported" || body?.case === "conflictDeclared") {
      recipient = hexOf(body.value.recipientId) || recipient;
    }
  }
  return recipient;
}

function leadersOf({ file, people }: FormContext): Option[] {
  const recipient = recipientOf(file);
  const leaders = staffOf(people).filter((person) =>
    person.roles.some((role) => LEADERS.has(role)),
  );
  return personOptions(leaders).filter(({ value }) => value !== recipient);
}

// Who handles the case, and from whom it is kept.
export const HANDLING_ACTIONS: Action[] = [
  {
    id: "escalate",
    group: "Who handles it",
    method: EscalationService.method.escalateCase,
    title: "Hand the case on",
    intro: [
      "To the Headteacher, or to the Chair of Governors where it is about the Headteacher (P45).",
    ],
    fields: [
      { kind: "text", name: "reasons", label: "Why", missing: "Enter why you hand it on", rows: 4 },
    ],
    submit: "Hand it on",
    send: async ({ request, answers }) => {
      const reasons = answers.text("reasons");
      const { route } = await client(EscalationService).escalateCase({ ...request, reasons });
      return { text: `The case is now with ${phrase(RouteSchema, route)}.` };
    },
  },
  {
    id: "hand-over",
    group: "Who handles it",
    method: EscalationService.method.handOverRecipient,
    title: "Make somebody else the recipient of the material",
    intro: [
      "Whoever was told of unsuitable material seeks the advice of Lancashire Safeguarding " +
        "(P40). From now on that is the person whom you choose.",
    ],
    asksPeople: true,
    fields: (context) => [
      {
        kind: "select",
        name: "to_person_id",
        label: "Who is the recipient from now on?",
        hint: "Somebody of the leadership who may handle this case",
        missing: "Choose who receives it from now on",
        options: leadersOf(context),
      },
      {
        kind: "text",
        name: "reasons",
        label: "Why",
        missing: "Enter why somebody else receives it",
        rows: 4,
      },
    ],
    submit: "Hand it over",
    send: async ({ request, answers }) => {
      await client(EscalationService).handOverRecipient({
        ...request,
        toPersonId: answers.text("to_person_id"),
        reasons: answers.text("reasons"),
      });
      return { text: "There is another recipient now.", next: "They seek the advice (P40)." };
    },
  },
  {
    id: "conflict",
    group: "Who handles it",
    method: EscalationService.method.declareConflict,
    title: "Declare a conflict of interest",
    intro: [
      "For example, a friend or relative is involved, or the report is about somebody who could " +
        "see it. The case is kept from that person from then on, but for what they reported " +
        "themselves (P45). It cannot be undone.",
    ],
    asksPeople: true,
    fields: (context) => [
      {
        kind: "choice",
        name: "whose",
        label: "Whose conflict is it?",
        missing: "Choose whose conflict it is",
        options: [
          { value: "own", text: "My own" },
          {
            value: "other",
            text: "Somebody else’s",
            hint:
              "For the Headteacher and the Chair of Governors to declare. A conflict of the " +
              "Headteacher or of the reporter may be declared by anybody who handles the case.",
          },
        ],
      },
      {
        kind: "select",
        name: "person_id",
        label: "Whose?",
        missing: "Choose whose conflict it is",
        options: holdersOf(context),
        when: (typed) => typed.whose === "other",
      },
      { kind: "text", name: "reasons", label: "What the conflict is", rows: 4 },
    ],
    submit: "Declare the conflict",
    isGrave: true,
    send: async ({ request, answers }) => {
      const isOther = answers.text("whose") === "other";
      const { route } = await client(EscalationService).declareConflict({
        ...request,
        personId: isOther ? answers.text("person_id") : "",
        reasons: answers.text("reasons"),
      });
      return {
        text: `The case is now with ${phrase(RouteSchema, route)}.`,
        next: isOther
          ? "It is kept from that person from now on, but for what they reported themselves."
          : "It is kept from you from now on, but for what you reported yourself.",
      };
    },
  },
  {
    id: "settle-name",
    group: "Who handles it",
    method: EscalationService.method.settleName,
    title: "Settle whom a name means",
    intro: [
      "The report gives a name alone, and somebody in the school’s register may be meant. They " +
        "do not see this case. If somebody else is meant, say so here, and the name keeps the " +
        "case from nobody any more.",
      "If they are meant, do not settle the name: declare a conflict of interest for them.",
    ],
    fields: ({ file }) => [
      {
        kind: "choice",
        name: "open_name",
        label: "Which name?",
        missing: "Choose the name that is meant",
        options: file.openNames.map((name) => ({ value: name, text: name })),
      },
      {
        kind: "text",
        name: "reasons",
        label: "How do you know whom it means?",
        hint: "For example, “The parent of a pupil, who came to see me on 3 May”",
        missing: "Enter how you know whom it means",
        rows: 4,
      },
    ],
    submit: "Somebody else is meant",
    send: async ({ request, answers }) => {
      await client(EscalationService).settleName({
        ...request,
        openName: answers.text("open_name"),
        reasons: answers.text("reasons"),
      });
      return { text: "The name is settled. It no longer keeps the case from anybody." };
    },
  },
];
