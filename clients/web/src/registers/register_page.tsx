import { Register, type RegisterEntry, RegisterSchema } from "@api/v1/register_pb.js";
import { EntryList } from "@api/v1/register_service_pb.js";
import { useDraft } from "../draft/use_draft.js";
import { LineInput } from "../form/line_input.js";
import { SelectInput } from "../form/select_input.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { NoSuchPage, type PageProps } from "../page/route.js";
import { TableHead } from "../page/table_head.js";
import { useLoaded } from "../page/use_loaded.js";
import { currentSession } from "../session/session.js";
import { capitalised, eventTitle, phrase } from "../words/event_words.js";
import { writtenTime } from "../words/written_time.js";
import { aboutEntry } from "./about_entry.js";
import { listEntries } from "./choices.js";
import { addressOfEntry } from "./entry_address.js";
import { EntryStageTag } from "./entry_stage_tag.js";
import { formsFor } from "./forms_and_actions.js";

const LISTS = [
  { value: String(EntryList.ALL), text: "All that you may see" },
  { value: String(EntryList.MINE), text: "Those that you made" },
  { value: String(EntryList.TO_DECIDE), text: "Those that wait for your decision" },
  { value: String(EntryList.IN_FORCE), text: "Those in force, held or in use" },
];

function lastStep(entry: RegisterEntry): string {
  const step = entry.steps.at(-1);
  const body = step?.event?.body.value;
  return body === undefined
    ? ""
    : `${eventTitle(body.$typeName)}, ${writtenTime(step?.recordedTime)}`;
}

function Row({ entry }: { entry: RegisterEntry }) {
  const { who, what } = aboutEntry(entry);
  return (
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header wb-typed">
        <a class="govuk-link" href={addressOfEntry(entry)}>
          {who === "" ? what || "An entry that names nobody" : who}
        </a>
      </th>
      <td class="govuk-table__cell wb-typed" data-label="What">
        {who === "" ? "" : what}
      </td>
      <td class="govuk-table__cell" data-label="Stage">
        <EntryStageTag entry={entry} />
      </td>
      <td class="govuk-table__cell" data-label="Last step">
        {lastStep(entry)}
      </td>
    </tr>
  );
}

function EntryTable({ caption, entries }: { caption: string; entries: readonly RegisterEntry[] }) {
  return (
    <table class="govuk-table wb-stacked">
      <caption class="govuk-table__caption govuk-visually-hidden">{caption}</caption>
      <TableHead columns={["About", "What", "Stage", "Last step"]} />
      <tbody class="govuk-table__body">
        {entries.map((entry) => (
          <Row key={entry.entryId} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

function isAbout(entry: RegisterEntry, words: string): boolean {
  const { who, what } = aboutEntry(entry);
  return [entry.entryId, who, what, ...entry.people.map((person) => person.name)]
    .join(" ")
    .toLowerCase()
    .includes(words.trim().toLowerCase());
}

export function RegisterPage({ parameters }: PageProps) {
  const register = Number(parameters.register) as Register;
  const kept = useDraft(`register-list ${register}`, { list: String(EntryList.ALL), words: "" });
  const list = Number(kept.value.list) as EntryList;
  const {
    value: entries,
    failure,
    reload,
  } = useLoaded(() => listEntries(register, list), [register, list]);
  const session = currentSession.value;
  if (RegisterSchema.value[register] === undefined || register === Register.UNSPECIFIED) {
    return <NoSuchPage />;
  }
  const title = capitalised(phrase(RegisterSchema, register));
  const shown = entries?.filter((entry) => isAbout(entry, kept.value.words ?? "")) ?? [];
  const forms = session ? formsFor(session).filter((form) => form.register === register) : [];
  return (
    <Page heading={title} back={{ to: "/registers", text: "Back to the registers" }} wide>
      {forms.map((form) => (
        <p key={form.id} class="wb-no-print">
          <a class="govuk-button" href={`/registers/record/${form.id}`}>
            {form.title}
          </a>
        </p>
      ))}
      <SelectInput
        name="list"
        label="Show"
        options={LISTS}
        value={kept.value.list}
        onValue={(value) => kept.set({ ...kept.value, list: value || String(EntryList.ALL) })}
      />
      <LineInput
        name="words"
        label="Find by name or word"
        width={20}
        value={kept.value.words ?? ""}
        onValue={(words) => kept.set({ ...kept.value, words })}
      />
      {failure && !entries && <FailurePanel failure={failure} retry={reload} />}
      {entries && (
        <p class="govuk-body" role="status">
          {shown.length === 1 ? "1 entry" : `${shown.length} entries`}
        </p>
      )}
      {shown.length > 0 && <EntryTable caption={title} entries={shown} />}
    </Page>
  );
}
