import {
  EntryStage,
  EntryStageSchema,
  type Register,
  type RegisterEntry,
  RegisterSchema,
} from "@api/v1/register_pb.js";
import { EntryList, RegisterService } from "@api/v1/register_service_pb.js";
import { client } from "../api/client.js";
import { everyPage } from "../api/every_page.js";
import { useDraft } from "../draft/use_draft.js";
import { SelectInput } from "../form/select_input.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { NoSuchPage, type PageProps } from "../page/route.js";
import { useLoaded } from "../page/use_loaded.js";
import { capitalised, eventTitle, phrase } from "../words/event_words.js";
import { writtenTime } from "../words/written_time.js";

const LISTS = [
  { value: String(EntryList.ALL), text: "All that you may see" },
  { value: String(EntryList.MINE), text: "Those that you made" },
  { value: String(EntryList.TO_DECIDE), text: "Those that wait for your decision" },
  { value: String(EntryList.IN_FORCE), text: "Those in force, held or in use" },
];

const COLOURS: Partial<Record<EntryStage, string>> = {
  [EntryStage.ASKED]: "govuk-tag--yellow",
  [EntryStage.IN_FORCE]: "govuk-tag--green",
  [EntryStage.AHEAD]: "govuk-tag--blue",
};

export function EntryStageTag({ stage }: { stage: EntryStage }) {
  return (
    <strong class={`govuk-tag ${COLOURS[stage] ?? "govuk-tag--grey"}`}>
      {capitalised(phrase(EntryStageSchema, stage))}
    </strong>
  );
}

export function lastStep(entry: RegisterEntry): string {
  const step = entry.steps.at(-1);
  const body = step?.event?.body.value;
  return body === undefined
    ? ""
    : `${eventTitle(body.$typeName)}, ${writtenTime(step?.recordedTime)}`;
}

function EntryTable({ register, entries }: { register: Register; entries: RegisterEntry[] }) {
  return (
    <table class="govuk-table wb-stacked">
      <caption class="govuk-table__caption govuk-visually-hidden">Entries</caption>
      <thead class="govuk-table__head">
        <tr class="govuk-table__row">
          {["People", "Stage", "Last step", "Entry"].map((head) => (
            <th key={head} scope="col" class="govuk-table__header">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody class="govuk-table__body">
        {entries.map((entry) => (
          <tr class="govuk-table__row" key={entry.entryId}>
            <td class="govuk-table__cell wb-typed" data-label="People">
              {entry.people.map((person) => person.name).join(", ") || "Nobody named"}
            </td>
            <td class="govuk-table__cell" data-label="Stage">
              <EntryStageTag stage={entry.stage} />
            </td>
            <td class="govuk-table__cell" data-label="Last step">
              {lastStep(entry)}
            </td>
            <td class="govuk-table__cell" data-label="Entry">
              <a
                class="govuk-link"
                href={`/registers/${register}/${encodeURIComponent(entry.entryId)}`}
              >
                Show
                <span class="govuk-visually-hidden">
                  {" "}
                  the entry about {entry.people.map((person) => person.name).join(", ")}
                </span>
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function RegisterPage({ parameters }: PageProps) {
  const register = Number(parameters.register) as Register;
  const kept = useDraft("register-list", { list: String(EntryList.ALL) });
  const list = Number(kept.value.list) as EntryList;
  const {
    value: entries,
    failure,
    reload,
  } = useLoaded(
    () =>
      everyPage(
        (pageToken) =>
          client(RegisterService).listEntries({
            inRegister: register,
            list,
            pageSize: 200,
            pageToken,
          }),
        (page) => page.entries,
      ),
    [register, list],
  );
  if (RegisterSchema.value[register] === undefined || register === 0) return <NoSuchPage />;
  return (
    <Page
      heading={capitalised(phrase(RegisterSchema, register))}
      back={{ to: "/registers", text: "Back to the registers" }}
      wide
    >
      <SelectInput
        name="list"
        label="Show"
        options={LISTS}
        value={kept.value.list}
        onValue={(value) => kept.set({ list: value || String(EntryList.ALL) })}
      />
      {failure && <FailurePanel failure={failure} retry={reload} />}
      {entries?.length === 0 && <p class="govuk-body">There are none.</p>}
      {entries && entries.length > 0 && <EntryTable register={register} entries={entries} />}
    </Page>
  );
}
