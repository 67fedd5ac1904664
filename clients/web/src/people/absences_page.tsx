import { Role } from "@api/events/v1/values_pb.js";
import { AbsenceService, type HeadAbsence } from "@api/v1/absence_service_pb.js";
import { useState } from "preact/hooks";
import { client } from "../api/client.js";
import { type Failure, failureOf } from "../api/refusal.js";
import { FormPage } from "../form/form_page.js";
import { FailurePanel } from "../page/failure_panel.js";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import { go } from "../page/router.js";
import { useLoaded } from "../page/use_loaded.js";
import { currentSession, holdsAny } from "../session/session.js";
import { dateOf, writtenTime } from "../words/written_time.js";
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

function Absence({ absence, onEnded }: { absence: HeadAbsence; onEnded(): void }) {
  const [failure, setFailure] = useState<Failure>();
  const end = () =>
    client(AbsenceService)
      .endHeadAbsence({
        requestId: crypto.randomUUID(),
        expectedRevision: absence.revision,
        absenceId: absence.absenceId,
      })
      .then(onEnded, (error: unknown) => setFailure(failureOf(error)));
  return (
    <li class="wb-card">
      <p class="govuk-body">
        {absence.headteacherName}: from {writtenTime(absence.fromTime)}
        {absence.untilTime ? ` until ${writtenTime(absence.untilTime)}` : ", no end known"}.{" "}
        {absence.deputyName} acts.
      </p>
      {absence.reason !== "" && <p class="govuk-body-s">{absence.reason}</p>}
      <p class="govuk-body-s">
        Recorded {writtenTime(absence.recordedTime)} by {absence.recordedByName}
      </p>
      {failure && <FailurePanel failure={failure} />}
      {mayRecord() && !isOver(absence) && (
        <button
          type="button"
          class="govuk-button govuk-button--secondary"
          onClick={() => void end()}
        >
          The absence has ended
        </button>
      )}
    </li>
  );
}

export function AbsencesPage() {
  const { value, failure, reload } = useLoaded(
    () => client(AbsenceService).listHeadAbsences({}),
    [],
  );
  const { value: cover } = useLoaded(() => client(AbsenceService).getHeadCover({}), []);
  return (
    <Page heading="Absences of the Headteacher" back={{ to: "/people", text: "Back to people" }}>
      {cover && (
        <div class="govuk-inset-text">
          {cover.absence
            ? `The Headteacher is absent. ${cover.absence.deputyName} acts.`
            : "No absence of the Headteacher is recorded for now."}
        </div>
      )}
      {mayRecord() && (
        <a href="/people/absences/record" class="govuk-button">
          Record an absence
        </a>
      )}
      {failure && <FailurePanel failure={failure} retry={reload} />}
      <ul class="govuk-list">
        {value?.absences.map((absence) => (
          <Absence key={absence.absenceId} absence={absence} onEnded={reload} />
        ))}
      </ul>
    </Page>
  );
}

export function RecordAbsencePage() {
  const { value: people = [] } = useLoaded(listPeople, []);
  const leaders = people.filter((person) => person.roles.includes(Role.SENIOR_LEADERSHIP));
  return (
    <FormPage
      heading="Record an absence of the Headteacher"
      back={{ to: "/people/absences", text: "Back to the absences" }}
      draft="head-absence"
      fields={[
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
          optional: true,
          timeOptional: true,
        },
        { kind: "line", name: "reason", label: "Why", optional: true, max: 200 },
      ]}
      submit="Record the absence"
      send={async ({ answers, requestId }) => {
        const fromTime = answers.moment("from_time");
        const untilTime = answers.moment("until_time");
        await client(AbsenceService).recordHeadAbsence({
          requestId,
          deputyId: answers.text("deputy_id"),
          ...(fromTime === undefined ? {} : { fromTime }),
          ...(untilTime === undefined ? {} : { untilTime }),
          reason: answers.text("reason"),
        });
        tell("The absence is recorded.");
        go("/people/absences", "replace");
      }}
    >
      <p class="govuk-body">
        Whoever acts receives reports of unsuitable material while the absence lasts (P39).
      </p>
    </FormPage>
  );
}
