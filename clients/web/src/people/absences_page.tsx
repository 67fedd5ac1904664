import { Role } from "@api/events/v1/values_pb.js";
import {
  AbsenceService,
  type GetHeadCoverResponse,
  type HeadAbsence,
} from "@api/v1/absence_service_pb.js";
import { useState } from "preact/hooks";
import { client } from "../api/client.js";
import { FormPage } from "../form/form_page.js";
import { FailurePanel } from "../page/failure_panel.js";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import { NoSuchPage, type PageProps } from "../page/route.js";
import { useLoaded } from "../page/use_loaded.js";
import { currentSession, holdsAny } from "../session/session.js";
import { dateOf, writtenEnd, writtenStart, writtenTime } from "../words/written_time.js";
import { listPeople, personOptions } from "./people.js";

function mayRecord(): boolean {
  return holdsAny(
    currentSession.value,
    Role.HEADTEACHER,
    Role.SENIOR_LEADERSHIP,
    Role.CHAIR_OF_GOVERNORS,
  );
}

function isOver(absence: HeadAbsence): boolean {
  return absence.untilTime !== undefined && dateOf(absence.untilTime) <= new Date();
}

function spanInWords(absence: HeadAbsence): string {
  const until = absence.untilTime ? ` until ${writtenEnd(absence.untilTime)}` : ", no end known";
  return `from ${writtenStart(absence.fromTime)}${until}`;
}

function Absence({ absence }: { absence: HeadAbsence }) {
  return (
    <li class="wb-card">
      <p class="govuk-body">
        {absence.headteacherName}: {spanInWords(absence)}. {absence.deputyName} acts.
      </p>
      {absence.reason !== "" && <p class="govuk-body-s wb-typed">{absence.reason}</p>}
      <p class="govuk-body-s">
        Recorded {writtenTime(absence.recordedTime)} by {absence.recordedByName}
      </p>
      {mayRecord() && !isOver(absence) && (
        <a class="govuk-link" href={`/people/absences/${absence.absenceId}/end`}>
          End it<span class="govuk-visually-hidden"> {spanInWords(absence)}</span>
        </a>
      )}
    </li>
  );
}

function coverInWords({ absence, headteacherNames }: GetHeadCoverResponse, isNow: boolean): string {
  if (absence !== undefined) {
    const whose = `${absence.headteacherName} ${isNow ? "is" : "was"} absent.`;
    return `${whose} ${absence.deputyName} ${isNow ? "acts" : "acted"}.`;
  }
  if (headteacherNames.length === 0) {
    return isNow ? "The school has no Headteacher." : "The school had no Headteacher then.";
  }
  const present = isNow ? "is the Headteacher and present" : "was the Headteacher and present";
  return `No absence is recorded for ${isNow ? "now" : "then"}: ${headteacherNames.join(" and ")} ${present}.`;
}

export function AbsencesPage() {
  const { value, failure, reload } = useLoaded(
    () => client(AbsenceService).listHeadAbsences({}),
    [],
  );
  const { value: cover } = useLoaded(() => client(AbsenceService).getHeadCover({}), []);
  return (
    <Page heading="Absences of the Headteacher" back={{ to: "/people", text: "Back to people" }}>
      {cover && <div class="govuk-inset-text">{coverInWords(cover, true)}</div>}
      {mayRecord() && (
        <a href="/people/absences/record" class="govuk-button">
          Record an absence
        </a>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href="/people/absences/who-acted">
          Who acted at some moment?
        </a>
      </p>
      {failure && <FailurePanel failure={failure} retry={reload} />}
      {value?.absences.length === 0 && <p class="govuk-body">No absence is recorded.</p>}
      <ul class="govuk-list">
        {value?.absences.map((absence) => (
          <Absence key={absence.absenceId} absence={absence} />
        ))}
      </ul>
    </Page>
  );
}

const BACK = { to: "/people/absences", text: "Back to the absences" };

// Also of a moment long past, such as that of an incident.
export function WhoActedPage() {
  const [answer, setAnswer] = useState<string>();
  return (
    <FormPage
      heading="Who acted at some moment?"
      back={BACK}
      draft="who-acted"
      fields={[
        {
          kind: "when",
          name: "at_time",
          label: "When?",
          missing: "Enter the moment that you ask about",
        },
      ]}
      submit="Show it"
      send={async ({ answers }) => {
        const atTime = answers.moment("at_time");
        const cover = await client(AbsenceService).getHeadCover(
          atTime === undefined ? {} : { atTime },
        );
        setAnswer(coverInWords(cover, false));
      }}
    >
      {answer && (
        <div class="wb-verdict" role="status">
          <p class="govuk-body">{answer}</p>
        </div>
      )}
    </FormPage>
  );
}

export function EndAbsencePage({ parameters }: PageProps) {
  const absenceId = parameters.absence ?? "";
  const { value, failure, reload } = useLoaded(
    () => client(AbsenceService).listHeadAbsences({}),
    [],
  );
  const absence = value?.absences.find((one) => one.absenceId === absenceId);
  if (value !== undefined && absence === undefined) return <NoSuchPage />;
  if (absence === undefined) {
    return (
      <Page heading="End an absence" back={BACK}>
        {failure && <FailurePanel failure={failure} retry={reload} />}
      </Page>
    );
  }
  return (
    <FormPage
      heading="End an absence"
      back={BACK}
      draft={`end-absence ${absenceId}`}
      seen={absence.revision}
      fields={[
        {
          kind: "when",
          name: "end_time",
          label: "From when is the Headteacher back, if not from now on",
          optional: true,
          timeOptional: true,
        },
      ]}
      submit="Record the end"
      send={async ({ answers, requestId, expectedRevision, leaveFor }) => {
        const endTime = answers.moment("end_time");
        await client(AbsenceService).endHeadAbsence({
          requestId,
          expectedRevision: expectedRevision ?? absence.revision,
          absenceId,
          ...(endTime === undefined ? {} : { endTime }),
        });
        tell("The end is recorded.");
        leaveFor(BACK.to);
      }}
    >
      <p class="govuk-body">
        {absence.headteacherName}: {spanInWords(absence)}. {absence.deputyName} acts. If it has not
        begun, it will not take place.
      </p>
    </FormPage>
  );
}

export function RecordAbsencePage() {
  const { value: people = [] } = useLoaded(listPeople, []);
  const leaders = people.filter((person) => person.roles.includes(Role.SENIOR_LEADERSHIP));
  const heads = people.filter((person) => person.roles.includes(Role.HEADTEACHER));
  return (
    <FormPage
      heading="Record an absence of the Headteacher"
      back={BACK}
      draft="head-absence"
      fields={[
        ...(heads.length > 1
          ? [
              {
                kind: "select" as const,
                name: "headteacher_id",
                label: "Which Headteacher is absent?",
                options: personOptions(heads),
              },
            ]
          : []),
        {
          kind: "select",
          name: "deputy_id",
          label: "Which member of the leadership team acts?",
          options: personOptions(leaders),
        },
        {
          kind: "when",
          name: "from_time",
          label: "From when, if not from now on",
          optional: true,
          timeOptional: true,
        },
        {
          kind: "when",
          name: "until_time",
          label: "Until when, if that is known",
          hint: "Without a time, until the end of that day. For example, 14 5 2026",
          optional: true,
          timeOptional: true,
        },
        { kind: "line", name: "reason", label: "Why", optional: true, max: 200 },
      ]}
      submit="Record the absence"
      send={async ({ answers, requestId, leaveFor }) => {
        const fromTime = answers.moment("from_time");
        const untilTime = answers.end("until_time");
        await client(AbsenceService).recordHeadAbsence({
          requestId,
          headteacherId: answers.text("headteacher_id"),
          deputyId: answers.text("deputy_id"),
          ...(fromTime === undefined ? {} : { fromTime }),
          ...(untilTime === undefined ? {} : { untilTime }),
          reason: answers.text("reason"),
        });
        tell("The absence is recorded.");
        leaveFor(BACK.to);
      }}
    >
      <p class="govuk-body">
        Whoever acts receives reports of unsuitable material while the absence lasts (P39).
      </p>
    </FormPage>
  );
}
