import {
  type DutyRecipient,
  DutyRecipientSchema,
  PoliceGround,
  PoliceGroundSchema,
} from "@api/events/v1/response_event_pb.js";
import {
  type IndecentImageAnswer,
  type PoliceChannel,
  PoliceChannelSchema,
  type PoliceChoice,
  PoliceChoiceSchema,
} from "@api/events/v1/values_pb.js";
import { CaseService } from "@api/v1/case_service_pb.js";
import { ResponseService } from "@api/v1/response_service_pb.js";
import { client } from "../../api/client.js";
import { IMAGE_OPTIONS } from "../../report/questions.js";
import { optionsOf } from "../../words/event_words.js";
import type { Action } from "./action.js";

export const POLICE_ACTIONS: Action[] = [
  {
    id: "suspect-image",
    group: "Police",
    method: CaseService.method.suspectIndecentImage,
    title: "Say that it may be an indecent image of a child",
    intro: [
      "From then on the case takes no file and shows none, and the police " +
        "come first (P36). Do not " +
        "look again to find out.",
    ],
    fields: [
      {
        kind: "choice",
        name: "answer",
        label: "Could it be an indecent image of a child?",
        missing: "Choose whether it could be an indecent image of a child",
        options: IMAGE_OPTIONS.slice(1),
      },
      {
        kind: "line",
        name: "where_found",
        label: "Where it was found",
        hint: "In words. Give no address: that is for the police.",
        optional: true,
      },
    ],
    submit: "Record the suspicion",
    isGrave: true,
    send: async ({ request, answers }) => {
      await client(CaseService).suspectIndecentImage({
        ...request,
        answer: answers.choice<IndecentImageAnswer>("answer"),
        whereFound: answers.text("where_found"),
      });
      return {
        text: "Call the police now: 101, or 999 if a child is in danger.",
        next: "The suspicion is recorded. When you have called, record that as well.",
        isUrgent: true,
      };
    },
  },
  {
    id: "police-informed",
    group: "Police",
    method: CaseService.method.recordPoliceInformed,
    title: "Record that the police were informed",
    intro: [
      "Of a suspected indecent image of a child (P37). If nobody has called " +
        "yet: call 101 now, or 999.",
    ],
    fields: [
      {
        kind: "when",
        name: "informed_at",
        label: "When were they called?",
        missing: "Enter when the police were called",
      },
      {
        kind: "choice",
        name: "channel",
        label: "On which number?",
        missing: "Choose on which number the police were called",
        options: optionsOf(PoliceChannelSchema),
      },
      {
        kind: "line",
        name: "informed_by",
        label: "Who called, if not you",
        optional: true,
      },
      {
        kind: "line",
        name: "log_number",
        label: "Log number",
        hint: "If they give it later, record it then.",
        optional: true,
        width: 20,
        max: 200,
      },
      { kind: "line", name: "officer", label: "Officer", optional: true },
    ],
    submit: "Record the call",
    send: async ({ request, answers }) => {
      const informedAt = answers.when("informed_at");
      await client(CaseService).recordPoliceInformed({
        ...request,
        ...(informedAt === undefined ? {} : { informedAt }),
        informedBy: answers.text("informed_by"),
        channel: answers.choice<PoliceChannel>("channel"),
        logNumber: answers.text("log_number"),
        officer: answers.text("officer"),
      });
      return {
        text: "It is recorded that the police were informed.",
        next: "Leave the device as it is. The school looks into nothing until the police say so.",
      };
    },
  },
  {
    id: "preserve",
    group: "Police",
    method: CaseService.method.recordPreservationStep,
    title: "Record what was done to preserve a device",
    intro: ["Say what was done with the device. Do not describe what an image shows (P38)."],
    fields: [
      { kind: "line", name: "step", label: "What was done" },
      { kind: "line", name: "kept_in", label: "Where the device is kept", optional: true },
      { kind: "line", name: "done_by", label: "Who did it, if not you", optional: true },
      { kind: "when", name: "done_at", label: "When", missing: "Enter when it was done" },
    ],
    submit: "Record this step",
    send: async ({ request, answers }) => {
      const doneAt = answers.when("done_at");
      await client(CaseService).recordPreservationStep({
        ...request,
        step: answers.text("step"),
        keptIn: answers.text("kept_in"),
        doneBy: answers.text("done_by"),
        ...(doneAt === undefined ? {} : { doneAt }),
      });
      return { text: "The step is recorded." };
    },
  },
  {
    id: "police-release",
    group: "Police",
    method: CaseService.method.recordPoliceRelease,
    title: "Record that the police let the school go on",
    fields: [
      { kind: "line", name: "officer", label: "The officer who said so" },
      {
        kind: "line",
        name: "reference",
        label: "Their reference",
        missing: "Enter the police reference",
        width: 20,
        max: 200,
      },
      { kind: "text", name: "scope", label: "What the school may do", rows: 4 },
      {
        kind: "when",
        name: "released_at",
        label: "When, if it was not just now",
        optional: true,
        timeOptional: true,
      },
    ],
    submit: "Record the release",
    send: async ({ request, answers }) => {
      const releasedAt = answers.when("released_at");
      await client(CaseService).recordPoliceRelease({
        ...request,
        officer: answers.text("officer"),
        reference: answers.text("reference"),
        scope: answers.text("scope"),
        ...(releasedAt === undefined ? {} : { releasedAt }),
      });
      return { text: "The release is recorded." };
    },
  },
  {
    id: "police-decision",
    group: "Police",
    method: CaseService.method.recordPoliceDecision,
    title: "Record what the target decided about the police",
    intro: [
      "Whoever is bullied decides whether to report it to the police, and may change that at any " +
        "time (P47). If you are the target, it is your own decision.",
    ],
    fields: [
      {
        kind: "choice",
        name: "choice",
        label: "What did they decide?",
        missing: "Choose what they decided",
        options: optionsOf(PoliceChoiceSchema),
      },
      {
        kind: "line",
        name: "target",
        label: "Whose decision it is",
        hint: "Only where the report names several targets",
        optional: true,
      },
      {
        kind: "line",
        name: "conveyed_how",
        label: "How they made it known",
        hint: "Not needed if it is your own decision",
        optional: true,
      },
      {
        kind: "when",
        name: "decided_at",
        label: "When, if it was not just now",
        optional: true,
        timeOptional: true,
      },
      { kind: "text", name: "statement", label: "What they said", optional: true, rows: 3 },
      {
        kind: "text",
        name: "childs_view",
        label: "If the target is a child: what the child wants",
        optional: true,
        rows: 3,
      },
      {
        kind: "text",
        name: "parents_view",
        label: "If the target is a child: what the parents want",
        hint: "Or why they could not be asked",
        optional: true,
        rows: 3,
      },
    ],
    submit: "Record the decision",
    send: async ({ request, answers }) => {
      const decidedAt = answers.when("decided_at");
      await client(CaseService).recordPoliceDecision({
        ...request,
        ...(decidedAt === undefined ? {} : { decidedAt }),
        choice: answers.choice<PoliceChoice>("choice"),
        conveyedHow: answers.text("conveyed_how"),
        statement: answers.text("statement"),
        childsView: answers.text("childs_view"),
        parentsView: answers.text("parents_view"),
        target: answers.text("target"),
      });
      return { text: "The decision is recorded." };
    },
  },
  {
    id: "police-report",
    group: "Police",
    method: ResponseService.method.recordPoliceReport,
    title: "Record that the police were told",
    fields: [
      {
        kind: "choice",
        name: "ground",
        label: "On which ground?",
        hint:
          "For cyber-bullying the target decides. On the other grounds nobody’s " +
          "decision stands in the way.",
        options: optionsOf(PoliceGroundSchema),
      },
      {
        kind: "when",
        name: "reported_at",
        label: "When",
        missing: "Enter when it was reported to the police",
      },
      {
        kind: "line",
        name: "how",
        label: "How",
        missing: "Enter how it was reported to the police",
        hint: "For example, by 101",
      },
      { kind: "line", name: "reported_by", label: "Who told them, if not you", optional: true },
      {
        kind: "line",
        name: "log_number",
        label: "Log number",
        optional: true,
        width: 20,
        max: 200,
      },
      { kind: "line", name: "officer", label: "Officer", optional: true },
      {
        kind: "line",
        name: "target",
        label: "Which target’s decision it follows",
        hint: "Only where the report names several targets",
        optional: true,
        when: (typed) => typed.ground === String(PoliceGround.CYBER_BULLYING),
      },
      {
        kind: "text",
        name: "reasons",
        label: "Why on this ground",
        missing: "Enter why it is reported on this ground",
        rows: 3,
        when: (typed) =>
          (typed.ground ?? "") !== "" && typed.ground !== String(PoliceGround.CYBER_BULLYING),
      },
    ],
    submit: "Record this report to the police",
    send: async ({ request, answers }) => {
      const reportedAt = answers.when("reported_at");
      await client(ResponseService).recordPoliceReport({
        ...request,
        ground: answers.choice<PoliceGround>("ground"),
        ...(reportedAt === undefined ? {} : { reportedAt }),
        reportedBy: answers.text("reported_by"),
        how: answers.text("how"),
        logNumber: answers.text("log_number"),
        officer: answers.text("officer"),
        target: answers.text("target"),
        reasons: answers.text("reasons"),
      });
      return { text: "The report to the police is recorded." };
    },
  },
  {
    id: "duty-notice",
    group: "Police",
    method: ResponseService.method.recordDutyNotification,
    title: "Record your own notice under the duty to report",
    intro: [
      "Some people have to notify the police or the council themselves when they suspect a " +
        "sexual offence against a child. Nobody else can do it for you. Wardbook sends nothing.",
    ],
    fields: [
      {
        kind: "choice",
        name: "recipient",
        label: "Whom did you notify?",
        missing: "Choose whom you notified",
        options: optionsOf(DutyRecipientSchema),
      },
      {
        kind: "when",
        name: "notified_at",
        label: "When did you notify them?",
        missing: "Enter when you notified them",
      },
      {
        kind: "line",
        name: "how",
        label: "How?",
        hint: "By word of mouth or in writing, and by which way",
        missing: "Enter how you notified them",
      },
      {
        kind: "line",
        name: "reference",
        label: "Their reference",
        optional: true,
        width: 20,
        max: 200,
      },
      { kind: "text", name: "reasons", label: "Why you suspect it", optional: true, rows: 4 },
      {
        kind: "text",
        name: "delayed_because",
        label: "If the notice had to wait: why",
        hint: "For example, because the child would have been in danger",
        optional: true,
        rows: 3,
      },
    ],
    submit: "Record my notice",
    send: async ({ request, answers }) => {
      const notifiedAt = answers.when("notified_at");
      await client(ResponseService).recordDutyNotification({
        ...request,
        recipient: answers.choice<DutyRecipient>("recipient"),
        ...(notifiedAt === undefined ? {} : { notifiedAt }),
        how: answers.text("how"),
        reference: answers.text("reference"),
        reasons: answers.text("reasons"),
        delayedBecause: answers.text("delayed_because"),
      });
      return { text: "Your notice is recorded." };
    },
  },
];
