import {
  type ActionTiming,
  ActionTimingSchema,
  AdviceChoice,
  JustificationFinding,
} from "@api/events/v1/register_values_pb.js";
import { EntryStage, Register } from "@api/v1/register_pb.js";
import { RegisterService } from "@api/v1/register_service_pb.js";
import { client } from "../api/client.js";
import type { Field } from "../form/field.js";
import { optionsOf } from "../words/event_words.js";
import { decides } from "./decider.js";
import { asked, type EntryAction, moment, type RegisterForm, why } from "./register_form.js";

const SUBMIT: Field[] = [
  { kind: "text", name: "action", label: "What was or will be done", rows: 3 },
  {
    kind: "choice",
    name: "timing",
    label: "Was it done already?",
    options: optionsOf(ActionTimingSchema),
  },
  { kind: "when", name: "action_time", label: "When", optional: true, timeOptional: true },
  { kind: "line", name: "clause", label: "Which clause?", hint: "Such as P16", width: 5, max: 10 },
  { kind: "text", name: "reasons", label: "Why", missing: "Enter your reasons", rows: 4 },
];

export const JUSTIFICATION_FORMS: RegisterForm[] = [
  {
    id: "justification",
    register: Register.JUSTIFICATIONS,
    title: "Tell the Headteacher of a departure from the policy",
    intro:
      "Where your professional judgement goes against the policy, the Headteacher is always " +
      "told (P24).",
    fields: asked(SUBMIT),
    submit: "Tell the Headteacher",
    send: (requestId, answers) =>
      client(RegisterService).submitJustification({
        requestId,
        justification: {
          action: answers.text("action"),
          timing: answers.choice<ActionTiming>("timing"),
          ...moment(answers, "action_time", "actionTime"),
          clause: answers.text("clause").toUpperCase(),
          reasons: answers.text("reasons"),
        },
      }),
  },
];

const OPEN = [EntryStage.ASKED, EntryStage.IN_FORCE];

const REVIEW: Field[] = [
  {
    kind: "choice",
    name: "finding",
    label: "What does the review come to?",
    options: [
      { value: String(JustificationFinding.ACCEPTED), text: "The departure was justified" },
      { value: String(JustificationFinding.NOT_ACCEPTED), text: "It was not" },
      {
        value: String(JustificationFinding.ADVICE_NEEDED),
        text: "Lancashire Safeguarding has to be asked first",
      },
    ],
  },
  why("reasons"),
];

const ADVICE_DECISION: Field[] = [
  {
    kind: "choice",
    name: "choice",
    label: "What is decided?",
    options: [
      { value: String(AdviceChoice.SOUGHT), text: "Advice was asked for" },
      { value: String(AdviceChoice.NOT_APPROPRIATE), text: "Advice is not appropriate" },
    ],
  },
  {
    kind: "line",
    name: "asked_of",
    label: "Who was asked?",
    when: (typed) => typed.choice === String(AdviceChoice.SOUGHT),
  },
  { kind: "text", name: "reasons", label: "What was asked, or why it is not appropriate", rows: 3 },
];

export const JUSTIFICATION_ACTIONS: EntryAction[] = [
  {
    id: "review",
    register: Register.JUSTIFICATIONS,
    title: "Review it",
    stages: OPEN,
    isFor: decides,
    fields: asked(REVIEW),
    submit: "Record the review",
    send: (request, answers) =>
      client(RegisterService).reviewJustification({
        ...request,
        review: {
          finding: answers.choice<JustificationFinding>("finding"),
          reasons: answers.text("reasons"),
        },
      }),
  },
  {
    id: "advice",
    register: Register.JUSTIFICATIONS,
    title: "Decide whether to ask Lancashire Safeguarding",
    stages: OPEN,
    isFor: decides,
    fields: asked(ADVICE_DECISION),
    submit: "Record the decision",
    send: (request, answers) => {
      const choice = answers.choice<AdviceChoice>("choice");
      return client(RegisterService).decideJustificationAdvice({
        ...request,
        decision: {
          choice,
          askedOf: choice === AdviceChoice.SOUGHT ? answers.text("asked_of") : "",
          reasons: answers.text("reasons"),
        },
      });
    },
  },
  {
    id: "advice-received",
    register: Register.JUSTIFICATIONS,
    title: "Record the advice that came back",
    stages: OPEN,
    isFor: decides,
    fields: asked([
      {
        kind: "line",
        name: "adviser_name",
        label: "Who gave it",
        missing: "Enter who gave the advice",
      },
      {
        kind: "line",
        name: "adviser_role",
        label: "Their role and organisation",
        missing: "Enter the adviser’s role and organisation",
      },
      { kind: "text", name: "advice", label: "What they advised", rows: 4 },
    ]),
    submit: "Record this advice",
    send: (request, answers) =>
      client(RegisterService).recordJustificationAdvice({
        ...request,
        advice: {
          adviserName: answers.text("adviser_name"),
          adviserRole: answers.text("adviser_role"),
          advice: answers.text("advice"),
        },
      }),
  },
  {
    id: "close",
    register: Register.JUSTIFICATIONS,
    title: "Close it",
    stages: OPEN,
    isFor: decides,
    fields: asked([{ kind: "text", name: "conclusion", label: "What was concluded", rows: 3 }]),
    submit: "Close this departure",
    send: (request, answers) =>
      client(RegisterService).closeJustification({
        ...request,
        closing: { conclusion: answers.text("conclusion") },
      }),
  },
];
