import {
  EntryRecordingSchema,
  EntryStandingSchema,
  type PersonInRegisters,
} from "@api/v1/case_registers_pb.js";
import { CaseService } from "@api/v1/case_service_pb.js";
import { RegisterSchema } from "@api/v1/register_pb.js";
import { client } from "../api/client.js";
import { FailurePanel } from "../page/failure_panel.js";
import type { PageProps } from "../page/route.js";
import { useLoaded } from "../page/use_loaded.js";
import { capitalised, phrase } from "../words/event_words.js";
import { writtenTime } from "../words/written_time.js";
import { CaseFrame } from "./case_frame.js";

function PersonEntries({ person }: { person: PersonInRegisters }) {
  return (
    <section class="wb-card">
      <h2 class="govuk-heading-m">{person.name}</h2>
      {person.isPresumed && (
        <p class="govuk-body">The report gives a name alone. It may be somebody else.</p>
      )}
      {person.hasNoPhotoAnswer && (
        <p class="govuk-body">No parent’s answer about photographs was ever recorded (P31).</p>
      )}
      {person.entries.length === 0 && <p class="govuk-body">Nothing in the registers.</p>}
      <ul class="govuk-list govuk-list--bullet">
        {person.entries.map((entry) => (
          <li key={`${entry.inRegister}${entry.entryId}`}>
            <a
              class="govuk-link"
              href={`/registers/${entry.inRegister}/${encodeURIComponent(entry.entryId)}`}
            >
              {capitalised(phrase(RegisterSchema, entry.inRegister))}
            </a>
            : {phrase(EntryStandingSchema, entry.standing)} when it happened, recorded{" "}
            {phrase(EntryRecordingSchema, entry.recording)} it
            {entry.fromTime && `, from ${writtenTime(entry.fromTime)}`}
            {entry.untilTime && ` until ${writtenTime(entry.untilTime)}`}
          </li>
        ))}
      </ul>
      {person.leftOut > 0 && <p class="govuk-body">And {person.leftOut} more entries.</p>}
    </section>
  );
}

function Checked({ caseRef }: { caseRef: string }) {
  const { value, failure, reload } = useLoaded(
    () => client(CaseService).checkRegisters({ caseRef }),
    [caseRef],
  );
  return (
    <>
      {failure && <FailurePanel failure={failure} retry={reload} />}
      {value?.people.length === 0 && (
        <p class="govuk-body">Nobody of this case is in the school’s register.</p>
      )}
      {value?.people.map((person) => (
        <PersonEntries key={person.personId} person={person} />
      ))}
    </>
  );
}

export function CaseRegistersPage({ parameters }: PageProps) {
  const caseRef = parameters.caseRef ?? "";
  return (
    <CaseFrame caseRef={caseRef} heading="Registers">
      {() => (
        <>
          <p class="govuk-body">
            Permissions, declarations and consents of the people of this case, and how they stood
            when it happened. They decide nothing. That you looked is recorded.
          </p>
          <Checked caseRef={caseRef} />
        </>
      )}
    </CaseFrame>
  );
}
