import {
  type AllegationOutcome,
  AllegationOutcomeSchema,
  type BullyingConduct,
  BullyingConductSchema,
  CyberBullyingAnswer,
  CyberBullyingAnswerSchema,
  type DataBreachAssessment,
  DataBreachAssessmentSchema,
  type DisciplinaryDecision,
  DisciplinaryDecisionSchema,
  type Finding,
  FindingSchema,
  type HarmLimb,
  HarmLimbSchema,
  HarmThreshold,
  HarmThresholdSchema,
  type InvestigationBar,
  InvestigationBarSchema,
  type InvestigationStepKind,
  InvestigationStepKindSchema,
  type Technology,
  TechnologySchema,
  type WishesTreatment,
} from "@api/events/v1/investigation_event_pb.js";
import { type BreachClause, BreachClauseSchema } from "@api/events/v1/values_pb.js";
import { InvestigationService } from "@api/v1/investigation_service_pb.js";
import { client } from "../../api/client.js";
import type { Answers } from "../../form/answers.js";
import type { Typed } from "../../form/field.js";
import { personOptions, staffOf } from "../../people/people.js";
import { optionsOf } from "../../words/event_words.js";
import type { Action } from "./action.js";
import { toldWithNext } from "./told.js";
import { WISHES_FIELDS } from "./wishes_fields.js";

const isBullying = (typed: Typed) => typed.cyber_bullying === String(CyberBullyingAnswer.YES);

function wishesOf(answers: Answers) {
  return {
    wishesTreatment: answers.choice<WishesTreatment>("wishes_treatment"),
    wishesReasons: answers.text("wishes_reasons"),
  };
}

export const DECISION_ACTIONS: Action[] = [
  {
    id: "classify",
    group: "Deciding",
    method: InvestigationService.method.classifyCase,
    title: "Say what the incident is",
    intro: ["A later classification replaces an earlier one. All are kept (P42)."],
    fields: [
      {
        kind: "choice",
        name: "cyber_bullying",
        label: "Is it cyber-bullying as the policy defines it?",
        missing: "Choose whether it is cyber-bullying as the policy defines it",
        hint:
          "Modern communication technologies used to embarrass, humiliate, " +
          "threaten or intimidate somebody, in the attempt to gain power and control",
        options: optionsOf(CyberBullyingAnswerSchema),
      },
      {
        kind: "choices",
        name: "technologies",
        label: "With which technologies?",
        missing: "Choose with which technologies it was done",
        options: optionsOf(TechnologySchema),
        when: isBullying,
      },
      {
        kind: "choices",
        name: "conduct",
        label: "What does it do?",
        missing: "Choose what it does",
        options: optionsOf(BullyingConductSchema),
        when: isBullying,
      },
      {
        kind: "line",
        name: "target",
        label: "Against whom",
        missing: "Enter against whom it is",
        max: 200,
        when: isBullying,
      },
      {
        kind: "text",
        name: "power_and_control",
        label: "How is it an attempt to gain power and control?",
        missing: "Enter how it is an attempt to gain power and control",
        rows: 3,
        when: isBullying,
      },
      {
        kind: "choices",
        name: "breached_clauses",
        label: "Which clauses were breached?",
        optional: true,
        options: optionsOf(BreachClauseSchema),
      },
      { kind: "text", name: "reasons", label: "Why", missing: "Enter why you decide so", rows: 4 },
    ],
    submit: "Record the classification",
    send: async ({ request, answers }) => {
      const answer = await client(InvestigationService).classifyCase({
        ...request,
        cyberBullying: answers.choice<CyberBullyingAnswer>("cyber_bullying"),
        technologies: answers.choices<Technology>("technologies"),
        conduct: answers.choices<BullyingConduct>("conduct"),
        target: answers.text("target"),
        powerAndControl: answers.text("power_and_control"),
        breachedClauses: answers.choices<BreachClause>("breached_clauses"),
        reasons: answers.text("reasons"),
      });
      return toldWithNext("The classification is recorded.", answer);
    },
  },
  {
    id: "threshold",
    group: "Deciding",
    method: InvestigationService.method.decideHarmThreshold,
    title: "Decide about the harm threshold",
    fields: [
      {
        kind: "choice",
        name: "threshold",
        label: "Is the harm threshold met?",
        missing: "Choose whether the harm threshold is met",
        options: optionsOf(HarmThresholdSchema),
      },
      {
        kind: "choices",
        name: "limbs",
        label: "Which of these is it?",
        options: optionsOf(HarmLimbSchema),
        when: (typed) => typed.threshold === String(HarmThreshold.MET),
      },
      { kind: "text", name: "reasons", label: "Why", missing: "Enter why you decide so", rows: 4 },
      ...WISHES_FIELDS,
    ],
    submit: "Record the decision",
    send: async ({ request, answers }) => {
      const answer = await client(InvestigationService).decideHarmThreshold({
        ...request,
        threshold: answers.choice<HarmThreshold>("threshold"),
        limbs: answers.choices<HarmLimb>("limbs"),
        reasons: answers.text("reasons"),
        ...wishesOf(answers),
      });
      return toldWithNext("The decision is recorded.", answer);
    },
  },
  {
    id: "question-suitability",
    group: "Deciding",
    method: InvestigationService.method.raiseSuitabilityQuestion,
    title: "Ask whether somebody is still suitable",
    intro: ["A decision about the harm threshold then has to be made (P23)."],
    fields: [
      {
        kind: "text",
        name: "reasons",
        label: "Why",
        missing: "Enter why it is in question",
        rows: 4,
      },
    ],
    submit: "Record the question",
    send: async ({ request, answers }) => {
      const reasons = answers.text("reasons");
      return toldWithNext(
        "The question is recorded.",
        await client(InvestigationService).raiseSuitabilityQuestion({ ...request, reasons }),
      );
    },
  },
  {
    id: "investigate",
    group: "Deciding",
    method: InvestigationService.method.startInvestigation,
    title: "Begin to investigate",
    asksPeople: true,
    fields: ({ people }) => [
      {
        kind: "select",
        name: "investigator_id",
        label: "Who investigates, if not you",
        optional: true,
        options: personOptions(staffOf(people)),
      },
      { kind: "text", name: "scope", label: "What is investigated", rows: 4 },
      {
        kind: "line",
        name: "bar_lifted_how",
        label: "If the school had been told not to: who lifted that, and how",
        optional: true,
      },
      {
        kind: "line",
        name: "replaces_why",
        label: "If somebody else was investigating: why you take over",
        optional: true,
      },
    ],
    submit: "Begin to investigate",
    send: async ({ request, answers }) => {
      const answer = await client(InvestigationService).startInvestigation({
        ...request,
        investigatorId: answers.text("investigator_id"),
        scope: answers.text("scope"),
        barLiftedHow: answers.text("bar_lifted_how"),
        replacesWhy: answers.text("replaces_why"),
      });
      return toldWithNext("The investigation has begun.", answer);
    },
  },
  {
    id: "step",
    group: "Deciding",
    method: InvestigationService.method.recordInvestigationStep,
    title: "Record a step of the investigation",
    fields: [
      {
        kind: "choice",
        name: "kind",
        label: "What kind of step?",
        options: optionsOf(InvestigationStepKindSchema),
      },
      {
        kind: "text",
        name: "what",
        label: "What was done and what came of it",
        missing: "Enter what was done and what came of it",
      },
      { kind: "line", name: "with_whom", label: "With whom, or whose records", optional: true },
      {
        kind: "when",
        name: "done_at",
        label: "When",
        missing: "Enter when the step was taken",
        timeOptional: true,
      },
    ],
    submit: "Record this step",
    send: async ({ request, answers }) => {
      const doneAt = answers.when("done_at");
      const answer = await client(InvestigationService).recordInvestigationStep({
        ...request,
        kind: answers.choice<InvestigationStepKind>("kind"),
        what: answers.text("what"),
        withWhom: answers.text("with_whom"),
        ...(doneAt === undefined ? {} : { doneAt }),
      });
      return toldWithNext("The step is recorded.", answer);
    },
  },
  {
    id: "finding",
    group: "Deciding",
    method: InvestigationService.method.recordFinding,
    title: "Record what was found",
    fields: [
      {
        kind: "choice",
        name: "finding",
        label: "What was found?",
        options: optionsOf(FindingSchema),
      },
      {
        kind: "select",
        name: "allegation_outcome",
        label: "Where the harm threshold is met: the outcome of the allegation",
        optional: true,
        options: optionsOf(AllegationOutcomeSchema),
      },
      { kind: "text", name: "reasons", label: "Why", missing: "Enter why you find so" },
      ...WISHES_FIELDS,
    ],
    submit: "Record the finding",
    send: async ({ request, answers }) => {
      const answer = await client(InvestigationService).recordFinding({
        ...request,
        finding: answers.choice<Finding>("finding"),
        allegationOutcome: answers.choice<AllegationOutcome>("allegation_outcome"),
        reasons: answers.text("reasons"),
        ...wishesOf(answers),
      });
      return toldWithNext("The finding is recorded.", answer);
    },
  },
  {
    id: "bar",
    group: "Deciding",
    method: InvestigationService.method.barInvestigation,
    title: "Record that the school was told not to investigate",
    fields: [
      {
        kind: "choice",
        name: "barred_by",
        label: "Who forbids it?",
        options: optionsOf(InvestigationBarSchema),
      },
      { kind: "line", name: "officer", label: "The officer who said so" },
      {
        kind: "line",
        name: "reference",
        label: "Their reference",
        missing: "Enter the reference of whoever forbids it",
        width: 20,
        max: 200,
      },
      { kind: "text", name: "instruction", label: "What they said", rows: 4 },
    ],
    submit: "Record this",
    send: async ({ request, answers }) => {
      const answer = await client(InvestigationService).barInvestigation({
        ...request,
        barredBy: answers.choice<InvestigationBar>("barred_by"),
        officer: answers.text("officer"),
        reference: answers.text("reference"),
        instruction: answers.text("instruction"),
      });
      return toldWithNext("It is recorded that the school must not investigate.", answer);
    },
  },
  {
    id: "discipline",
    group: "Deciding",
    method: InvestigationService.method.recordDisciplinaryDecision,
    title: "Decide about the disciplinary procedure",
    fields: [
      {
        kind: "choice",
        name: "decision",
        label: "What is decided?",
        options: optionsOf(DisciplinaryDecisionSchema),
      },
      {
        kind: "text",
        name: "reasons",
        label: "Why",
        missing: "Enter why it is decided so",
        rows: 4,
      },
      ...WISHES_FIELDS,
    ],
    submit: "Record the decision",
    send: async ({ request, answers }) => {
      const answer = await client(InvestigationService).recordDisciplinaryDecision({
        ...request,
        decision: answers.choice<DisciplinaryDecision>("decision"),
        reasons: answers.text("reasons"),
        ...wishesOf(answers),
      });
      return toldWithNext("The decision is recorded.", answer);
    },
  },
  {
    id: "data-breach",
    group: "Deciding",
    method: InvestigationService.method.assessDataBreach,
    title: "Assess whether it is a breach of personal data",
    intro: ["A reportable breach goes to the Information Commissioner within 72 hours."],
    fields: [
      {
        kind: "choice",
        name: "assessment",
        label: "What does it come to?",
        missing: "Choose what it comes to",
        options: optionsOf(DataBreachAssessmentSchema),
      },
      {
        kind: "text",
        name: "reasons",
        label: "Why",
        missing: "Enter why it comes to that",
        rows: 4,
      },
      {
        kind: "line",
        name: "commissioner_reference",
        label: "The Information Commissioner’s reference",
        optional: true,
        width: 20,
        max: 200,
      },
    ],
    submit: "Record the assessment",
    send: async ({ request, answers }) => {
      const answer = await client(InvestigationService).assessDataBreach({
        ...request,
        assessment: answers.choice<DataBreachAssessment>("assessment"),
        reasons: answers.text("reasons"),
        commissionerReference: answers.text("commissioner_reference"),
      });
      return toldWithNext("The assessment is recorded.", answer);
    },
  },
];
