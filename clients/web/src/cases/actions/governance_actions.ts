import {
  type BarringOutcome,
  BarringOutcomeSchema,
} from "@api/events/v1/investigation_event_pb.js";
import { InvestigationService } from "@api/v1/investigation_service_pb.js";
import { client } from "../../api/client.js";
import { optionsOf } from "../../words/event_words.js";
import type { Action } from "./action.js";
import { toldWithNext } from "./told.js";

// A line of a disciplinary reference, as the server takes it.
const REFERENCE_MAX = 80;

// What those who decide elsewhere are told and do: the disciplinary procedure, the Governing
// Body, the Disclosure and Barring Service.
export const GOVERNANCE_ACTIONS: Action[] = [
  {
    id: "discipline-reference",
    group: "Deciding",
    method: InvestigationService.method.recordDisciplinaryReference,
    title: "Record where the disciplinary procedure stands",
    intro: ["A reference alone. Nothing of what is said there belongs in this case (P21)."],
    fields: [
      { kind: "line", name: "procedure", label: "The name of the procedure", max: REFERENCE_MAX },
      { kind: "line", name: "stage", label: "The stage that it is at", max: REFERENCE_MAX },
      {
        kind: "line",
        name: "reference",
        label: "Its reference",
        missing: "Enter the reference of the procedure",
        width: 20,
        max: REFERENCE_MAX,
      },
    ],
    submit: "Record the reference",
    send: async ({ request, answers }) =>
      toldWithNext(
        "It is recorded where the disciplinary procedure stands.",
        await client(InvestigationService).recordDisciplinaryReference({
          ...request,
          procedure: answers.text("procedure"),
          stage: answers.text("stage"),
          reference: answers.text("reference"),
        }),
      ),
  },
  {
    id: "inform-governors",
    group: "Deciding",
    method: InvestigationService.method.informGoverningBody,
    title: "Record what the Governing Body was told",
    intro: [
      "Give governors the minimum, and no names: some of them may have to decide later (P22).",
    ],
    fields: [{ kind: "line", name: "summary", label: "What it was told, naming nobody", max: 200 }],
    submit: "Record this",
    send: async ({ request, answers }) => {
      const summary = answers.text("summary");
      return toldWithNext(
        "It is recorded what the Governing Body was told.",
        await client(InvestigationService).informGoverningBody({ ...request, summary }),
      );
    },
  },
  {
    id: "governors-acted",
    group: "Deciding",
    method: InvestigationService.method.recordGoverningBodyAction,
    title: "Record that the Governing Body took action",
    intro: ["Where its minutes have it, and nothing of what they say (P22)."],
    fields: [
      {
        kind: "line",
        name: "minute_reference",
        label: "Where the minutes have it",
        hint: "For example, “12 June 2026, item 7”",
        missing: "Enter where the minutes have it",
        max: 200,
      },
    ],
    submit: "Record this action",
    send: async ({ request, answers }) => {
      const minuteReference = answers.text("minute_reference");
      return toldWithNext(
        "The action of the Governing Body is recorded.",
        await client(InvestigationService).recordGoverningBodyAction({
          ...request,
          minuteReference,
        }),
      );
    },
  },
  {
    id: "barring",
    group: "Deciding",
    method: InvestigationService.method.recordBarringOutcome,
    title: "Record what the Disclosure and Barring Service decided",
    intro: [
      "Whether somebody was barred from work with children (P36). It is recorded on a closed " +
        "case too.",
    ],
    fields: [
      {
        kind: "choice",
        name: "outcome",
        label: "What did it decide?",
        missing: "Choose what the Disclosure and Barring Service decided",
        options: optionsOf(BarringOutcomeSchema),
      },
      {
        kind: "line",
        name: "person_name",
        label: "About whom, by full name",
        missing: "Enter the full name of the person whom it is about",
        max: 200,
      },
      {
        kind: "when",
        name: "decided_at",
        label: "When did it decide?",
        missing: "Enter when it was decided",
        timeOptional: true,
      },
      {
        kind: "line",
        name: "reference",
        label: "Its reference",
        optional: true,
        width: 20,
        max: 200,
      },
    ],
    submit: "Record the decision",
    send: async ({ request, answers }) => {
      const decidedAt = answers.when("decided_at");
      return toldWithNext(
        "The decision is recorded.",
        await client(InvestigationService).recordBarringOutcome({
          ...request,
          outcome: answers.choice<BarringOutcome>("outcome"),
          personName: answers.text("person_name"),
          ...(decidedAt === undefined ? {} : { decidedAt }),
          reference: answers.text("reference"),
        }),
      );
    },
  },
];
