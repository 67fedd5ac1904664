import type { CaseFile } from "@api/v1/case_pb.js";
import { DisagreementService } from "@api/v1/disagreement_service_pb.js";
import { client } from "../../api/client.js";
import type { Field, Typed } from "../../form/field.js";
import { writtenTime } from "../../words/written_time.js";
import type { Action, FormContext } from "./action.js";
import { entryOptions } from "./entry_options.js";

interface Disagreement {
  revision: string;
  // The stage that it is in, from 1.
  stage: number;
  label: string;
}

// Those that are not settled, newest first.
function openDisagreements(file: CaseFile): Disagreement[] {
  const open = new Map<string, Disagreement>();
  for (const { event, revision, actorName, recordedTime } of file.timeline) {
    const body = event?.body;
    if (body?.case === "disagreementRaised") {
      const { disputedRevision } = body.value;
      const raised = `raised by ${actorName}, ${writtenTime(recordedTime)}`;
      const label = `With entry ${disputedRevision}, ${raised}`;
      open.set(String(revision), { revision: String(revision), stage: 1, label });
    } else if (body?.case === "disagreementEscalated") {
      const raised = open.get(String(body.value.disagreementRevision));
      if (raised !== undefined) raised.stage = body.value.stage;
    } else if (body?.case === "disagreementResolved") {
      open.delete(String(body.value.disagreementRevision));
    }
  }
  return [...open.values()].reverse();
}

// Asked only where there are several.
function whichField({ file }: FormContext): Field[] {
  const open = openDisagreements(file);
  if (open.length < 2) return [];
  const options = open.map(({ revision, label }) => ({ value: revision, text: label }));
  return [{ kind: "select", name: "disagreement_revision", label: "Which disagreement?", options }];
}

function nextStage({ file }: FormContext, typed: Typed): string {
  const open = openDisagreements(file);
  const chosen = open.find(({ revision }) => revision === typed.disagreement_revision) ?? open[0];
  return String((chosen?.stage ?? 1) + 1);
}

export const DISAGREEMENT_ACTIONS: Action[] = [
  {
    id: "disagree",
    group: "Outside the case",
    method: DisagreementService.method.raiseDisagreement,
    title: "Disagree with a decision",
    intro: ["It changes and hides nothing of what it disputes."],
    about: "disputed_revision",
    fields: ({ file }) => [
      {
        kind: "select",
        name: "disputed_revision",
        label: "With which entry?",
        missing: "Choose the entry with which you disagree",
        options: entryOptions(file),
      },
      { kind: "text", name: "reasons", label: "Why", missing: "Enter why you disagree", rows: 5 },
      {
        kind: "tick",
        name: "immediate_significant_harm",
        label: "Immediate significant harm is feared",
        optional: true,
      },
    ],
    submit: "Raise the disagreement",
    send: async ({ request, answers }) => {
      const { stageWords } = await client(DisagreementService).raiseDisagreement({
        ...request,
        disputedRevision: BigInt(answers.text("disputed_revision")),
        reasons: answers.text("reasons"),
        immediateSignificantHarm: answers.isYes("immediate_significant_harm"),
      });
      return { text: "The disagreement is raised.", next: stageWords };
    },
  },
  {
    id: "escalate-disagreement",
    group: "Outside the case",
    method: DisagreementService.method.escalateDisagreement,
    title: "Take a disagreement to its next stage",
    intro: ["Where those who spoke with each other could not settle it. No stage is passed over."],
    fields: (context, typed) => [
      ...whichField(context),
      {
        kind: "choice",
        name: "stage",
        label: "To which stage?",
        missing: "Choose the stage to which it goes",
        options: [{ value: nextStage(context, typed), text: `Stage ${nextStage(context, typed)}` }],
      },
      {
        kind: "line",
        name: "to_whom",
        label: "To whom does it go?",
        missing: "Enter to whom it goes",
      },
    ],
    submit: "Take it to this stage",
    send: async ({ request, answers }) => {
      const { stageWords, dueTime } = await client(DisagreementService).escalateDisagreement({
        ...request,
        disagreementRevision: answers.revision("disagreement_revision"),
        stage: Number(answers.text("stage")),
        toWhom: answers.text("to_whom"),
      });
      return {
        text: "The disagreement is at its next stage.",
        next: `${stageWords} To be settled by ${writtenTime(dueTime)}.`,
      };
    },
  },
  {
    id: "settle-disagreement",
    group: "Outside the case",
    method: DisagreementService.method.resolveDisagreement,
    title: "Record that a disagreement was settled",
    fields: (context) => [
      ...whichField(context),
      { kind: "text", name: "how", label: "How it was settled", rows: 4 },
    ],
    submit: "Record this",
    send: async ({ request, answers }) => {
      await client(DisagreementService).resolveDisagreement({
        ...request,
        disagreementRevision: answers.revision("disagreement_revision"),
        how: answers.text("how"),
      });
      return { text: "The disagreement is settled." };
    },
  },
];
