import {
  BreachClauseSchema,
  HeadteacherAnswer,
  IncidentKind,
  IncidentKindSchema,
  IndecentImageAnswer,
} from "@api/events/v1/values_pb.js";
import type { Field } from "../form/field.js";
import { optionsOf } from "../words/event_words.js";
import type { ReportDraft } from "./report_draft.js";
import type { Step } from "./steps.js";

const KIND_HINTS: Record<number, string> = {
  [IncidentKind.CYBER_BULLYING]:
    "Phones, messages or the internet used to embarrass, humiliate, " +
    "threaten or intimidate somebody",
  [IncidentKind.CODE_OF_CONDUCT]: "Somebody of the school did what the code of conduct forbids",
  [IncidentKind.UNSUITABLE_MATERIAL]:
    "Material that may not be illegal but raises concern about a member of staff",
  [IncidentKind.SAFEGUARDING_CONCERN]: "Any other worry about a child or an adult",
  [IncidentKind.SELF_REPORT]: "Something that you did yourself and that might be misunderstood",
  [IncidentKind.CREDENTIAL_SHARING]: "Somebody used another person's log-in or gave away their own",
};

export const IMAGE_OPTIONS = [
  { value: String(IndecentImageAnswer.NO), text: "No" },
  { value: String(IndecentImageAnswer.NOT_SURE), text: "I am not sure" },
  { value: String(IndecentImageAnswer.YES), text: "Yes" },
];

// Who may be told first where the policy lets the reporter choose (P45).
export const TOLD = { headteacher: "headteacher", manager: "line_manager", leader: "leadership" };

function isOfKind(draft: ReportDraft, ...kinds: IncidentKind[]): boolean {
  return kinds.some((kind) => draft.typed.kind === String(kind));
}

function wishesQuestions(draft: ReportDraft): Field[] {
  const questions: Field[] = [
    {
      kind: "text",
      name: "wishes",
      label: "What would you like to happen?",
      hint: "Whoever decides has to consider it, and to say why if they decide otherwise (P46).",
      rows: 4,
      missing: "Say what you would like to happen, or tick that you do not want to say",
      when: (typed) => typed.wishes_not_given !== "yes",
    },
    { kind: "tick", name: "wishes_not_given", label: "I do not want to say", optional: true },
  ];
  if (isOfKind(draft, IncidentKind.CYBER_BULLYING, IncidentKind.SELF_REPORT)) {
    questions.push({
      kind: "choice",
      name: "told",
      label: "Who should be told first?",
      hint:
        "A line manager hands it on to the Headteacher. A report about the Headteacher goes to " +
        "the Chair of Governors whatever you choose.",
      missing: "Choose who should be told first",
      options: [
        { value: TOLD.headteacher, text: "The Headteacher and the safeguarding lead" },
        { value: TOLD.manager, text: "My line manager" },
      ],
    });
  }
  if (isOfKind(draft, IncidentKind.UNSUITABLE_MATERIAL)) {
    questions.push({
      kind: "choice",
      name: "told",
      label: "Who should be told?",
      missing: "Choose who should be told",
      options: [
        { value: TOLD.headteacher, text: "The Headteacher" },
        {
          value: TOLD.leader,
          text: "Whoever acts for the Headteacher, who is absent",
          hint: "Only while an absence of the Headteacher is recorded (P39)",
        },
      ],
    });
  }
  return questions;
}

export function questionsOf(step: Step, draft: ReportDraft): Field[] {
  switch (step) {
    case "kind":
      return [
        {
          kind: "choice",
          name: "kind",
          label: "Choose what comes closest",
          hint: "You need not prove anything. Others decide later what it is called.",
          missing: "Choose what you want to report",
          options: optionsOf(IncidentKindSchema, KIND_HINTS),
        },
      ];
    case "image":
      return [
        {
          kind: "choice",
          name: "indecent_image_answer",
          label: "Could anything that you have seen be such an image?",
          missing: "Answer whether it could be an indecent image of a child",
          options: IMAGE_OPTIONS,
        },
      ];
    case "what":
      return [
        {
          kind: "text",
          name: "what_happened",
          label: "What happened, in your own words",
          hint: "Who did what, what was said, and how you know. Use full names.",
          rows: 9,
          missing: "Enter what happened",
        },
        ...(isOfKind(draft, IncidentKind.CODE_OF_CONDUCT)
          ? [
              {
                kind: "choices" as const,
                name: "breached_clauses",
                label: "Which rules do you think were broken?",
                hint: "Leave this empty if you do not know. Others decide later.",
                optional: true,
                options: optionsOf(BreachClauseSchema),
              },
            ]
          : []),
      ];
    case "when":
      return [
        {
          kind: "when",
          name: "happened_at",
          label: "When did it happen?",
          timeOptional: true,
          guess: true,
          missing: "Enter the date on which it happened. An estimate will do",
        },
        {
          kind: "line",
          name: "place.platform",
          label: "Where online, if it was online",
          hint: "The site or app, such as Facebook, WhatsApp or e-mail",
          optional: true,
          width: 20,
          max: 200,
        },
        {
          kind: "line",
          name: "place.account",
          label: "Account or group",
          optional: true,
          when: (typed) => (typed["place.platform"] ?? "") !== "",
        },
        {
          kind: "line",
          name: "place.address",
          label: "Address of the page or post",
          hint: "It is kept as text. Nobody here opens it.",
          optional: true,
          when: (typed) =>
            (typed["place.platform"] ?? "") !== "" &&
            typed.indecent_image_answer === String(IndecentImageAnswer.NO),
        },
      ];
    case "headteacher":
      return [
        {
          kind: "choice",
          name: "about_headteacher",
          label: "Is this about the Headteacher?",
          hint:
            "If you are not sure, it goes to the Chair of Governors, and the Headteacher cannot " +
            "see that it exists.",
          missing: "Answer whether this is about the Headteacher",
          options: [
            { value: String(HeadteacherAnswer.NO), text: "No" },
            { value: String(HeadteacherAnswer.NOT_SURE), text: "I am not sure" },
            { value: String(HeadteacherAnswer.YES), text: "Yes" },
          ],
        },
      ];
    case "wishes":
      return wishesQuestions(draft);
    case "police":
    case "people":
    case "files":
      return [];
  }
}

export const HEADINGS: Record<Step, string> = {
  kind: "What do you want to report?",
  image: "Could this be an indecent image of a child?",
  police: "Call the police now",
  what: "What happened?",
  when: "When and where did it happen?",
  people: "Who is involved?",
  headteacher: "Is this about the Headteacher?",
  wishes: "What would you like to happen?",
  files: "Do you have screenshots or files?",
};
