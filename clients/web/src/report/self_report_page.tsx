import { IncidentKind, type IndecentImageAnswer } from "@api/events/v1/values_pb.js";
import { IncidentService } from "@api/v1/incident_service_pb.js";
import { client } from "../api/client.js";
import type { Field } from "../form/field.js";
import { FormPage } from "../form/form_page.js";
import type { Sending } from "../form/use_form.js";
import { reportDone, tellDone } from "./done_page.js";
import { EarlierReports } from "./earlier_reports.js";
import { IMAGE_OPTIONS, TOLD } from "./questions.js";
import { reportedSince } from "./send_report.js";

const FIELDS: Field[] = [
  {
    kind: "text",
    name: "what_happened",
    label: "What happened?",
    hint: "For example: a pupil sent me a friend request, and I pressed Accept by mistake.",
    rows: 5,
    missing: "Enter what happened",
  },
  {
    kind: "when",
    name: "happened_at",
    label: "When?",
    timeOptional: true,
    guess: true,
    missing: "Enter when it happened. An estimate will do",
  },
  {
    kind: "choice",
    name: "indecent_image_answer",
    label: "Could an indecent image of a child be part of it?",
    missing: "Answer whether an indecent image of a child could be part of it",
    options: IMAGE_OPTIONS,
  },
  {
    kind: "text",
    name: "wishes",
    label: "Is there anything that you would like to happen?",
    optional: true,
    rows: 2,
  },
  {
    kind: "choice",
    name: "told",
    label: "Who should be told first?",
    missing: "Choose who should be told first",
    options: [
      { value: TOLD.headteacher, text: "The Headteacher and the safeguarding lead" },
      { value: TOLD.manager, text: "My line manager" },
    ],
  },
];

async function send({ answers, requestId, leaveFor }: Sending): Promise<void> {
  const happenedAt = answers.when("happened_at");
  const wishes = answers.text("wishes");
  const answer = answers.choice<IndecentImageAnswer>("indecent_image_answer");
  const { caseRef, route, nextStep } = await client(IncidentService).reportIncident({
    requestId,
    kind: IncidentKind.SELF_REPORT,
    whatHappened: answers.text("what_happened"),
    ...(happenedAt === undefined ? {} : { happenedAt }),
    wishes,
    wishesNotGiven: wishes === "",
    indecentImageAnswer: answer,
    toLineManager: answers.text("told") === TOLD.manager,
  });
  const done = {
    caseRef,
    route,
    nextStep,
    kind: IncidentKind.SELF_REPORT,
    answer,
    filesCount: 0,
  };
  reportDone.value = done;
  if (!leaveFor("/report/done")) tellDone(done);
}

async function askAboutEarlier(sentAt: number, sendAnyway: () => void) {
  const reports = await reportedSince(String(IncidentKind.SELF_REPORT), sentAt);
  if (reports.length === 0) return undefined;
  return <EarlierReports reports={reports} onAnother={sendAnyway} />;
}

// What somebody did themselves and might be misunderstood (P14): one page, two minutes.
export function SelfReportPage() {
  return (
    <FormPage
      heading="Report something that you did yourself"
      back={{ to: "/report", text: "Back" }}
      draft="self-report"
      fields={FIELDS}
      submit="Send this self-report"
      send={send}
      askBeforeSending={askAboutEarlier}
    >
      <p class="govuk-body">
        Reporting early protects you (P14). It cannot be withdrawn, only added to.
      </p>
    </FormPage>
  );
}
