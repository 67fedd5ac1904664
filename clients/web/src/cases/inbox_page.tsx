import { IncidentKindSchema } from "@api/events/v1/values_pb.js";
import { CaseStageSchema } from "@api/v1/case_pb.js";
import { CaseService } from "@api/v1/case_service_pb.js";
import { client } from "../api/client.js";
import { everyPage } from "../api/every_page.js";
import { useDraft } from "../draft/use_draft.js";
import { DueWords } from "../due/due_words.js";
import { listDue } from "../due/list_due.js";
import type { Field, Typed } from "../form/field.js";
import { Fields } from "../form/fields.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { TableHead } from "../page/table_head.js";
import { useLoaded } from "../page/use_loaded.js";
import { capitalised, optionsOf, phrase } from "../words/event_words.js";
import { writtenTime } from "../words/written_time.js";
import { CaseTags } from "./case_tags.js";
import { filtered, type InboxRow, isFiltering, rowsOf, waitsInWords } from "./inbox_filter.js";
import { SavedFilters } from "./saved_filters.js";
import { useReloadOnChange } from "./use_reload_on_change.js";

const NO_ERRORS = new Map<string, string>();

const FILTER: Field[] = [
  { kind: "line", name: "words", label: "Reference, name or platform", width: 20 },
  { kind: "select", name: "kind", label: "Kind", options: optionsOf(IncidentKindSchema) },
  {
    kind: "select",
    name: "stage",
    label: "How far it has come",
    options: optionsOf(CaseStageSchema),
  },
  {
    kind: "select",
    name: "waiting",
    label: "What waits",
    options: [
      { value: "due", text: "Something is due" },
      { value: "overdue", text: "Something is overdue" },
    ],
  },
  { kind: "tick", name: "closed", label: "Closed cases as well" },
];

async function readInbox(includeClosed: boolean): Promise<InboxRow[]> {
  const [cases, due] = await Promise.all([
    everyPage(
      (pageToken) => client(CaseService).listInbox({ pageSize: 200, pageToken, includeClosed }),
      (page) => page.cases,
    ),
    listDue(),
  ]);
  return rowsOf(cases, due.items);
}

function Row({ row }: { row: InboxRow }) {
  const { summary, due } = row;
  const first = due[0];
  return (
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="Case">
        <a class="govuk-link wb-ref" href={`/cases/${summary.caseRef}`}>
          {summary.caseRef}
        </a>
        <br />
        <span class="govuk-!-font-weight-regular">
          {capitalised(phrase(IncidentKindSchema, summary.kind))}
        </span>
      </th>
      <td class="govuk-table__cell wb-typed" data-label="Target">
        {summary.targetNames.join(", ") || "Nobody named"}
      </td>
      <td class="govuk-table__cell" data-label="Stage">
        <CaseTags summary={summary} />
      </td>
      <td class="govuk-table__cell" data-label="Last change">
        {writtenTime(summary.changedTime)}
      </td>
      <td class="govuk-table__cell" data-label="Waits">
        {first ? <DueWords item={first} /> : "Nothing"}
        {due.length > 1 && ` And ${due.length - 1} more.`}
      </td>
    </tr>
  );
}

function CaseTable({ rows }: { rows: readonly InboxRow[] }) {
  return (
    <table class="govuk-table wb-stacked">
      <caption class="govuk-table__caption govuk-visually-hidden">Cases that you handle</caption>
      <TableHead columns={["Case", "Target", "Stage", "Last change", "Waits"]} />
      <tbody class="govuk-table__body">
        {rows.map((row) => (
          <Row key={row.summary.caseRef} row={row} />
        ))}
      </tbody>
    </table>
  );
}

// The cases that the person handles, what is most urgent first.
export function InboxPage() {
  const kept = useDraft<Typed>("inbox-filter", {});
  const filter = kept.value;
  const includeClosed = filter.closed === "yes";
  const {
    value: rows,
    failure,
    reload,
  } = useLoaded(() => readInbox(includeClosed), [includeClosed]);
  useReloadOnChange(reload);

  const shown = filtered(rows ?? [], filter);
  return (
    <Page heading="Cases" wide>
      {failure && !rows && <FailurePanel failure={failure} retry={reload} />}
      <SavedFilters filter={filter} onChoose={(chosen) => kept.set(chosen)}>
        <details class="govuk-details" open={isFiltering(filter)}>
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">Show only some</span>
          </summary>
          <div class="govuk-details__text">
            <div class="wb-filter">
              <Fields
                fields={FILTER}
                typed={filter}
                errors={NO_ERRORS}
                onTyped={(changes) => kept.set({ ...filter, ...changes })}
              />
            </div>
            <button type="button" class="wb-link-button" onClick={() => kept.set({})}>
              Show all again
            </button>
          </div>
        </details>
      </SavedFilters>
      {rows && (
        <p class="govuk-body" role="status">
          {shown.length === 1 ? "1 case" : `${shown.length} cases`}
          {isFiltering(filter) && ` of ${rows.length}`}
          {waitsInWords(shown)}
          {isFiltering(filter) && " The filter stays until you change it."}
        </p>
      )}
      {rows?.length === 0 && (
        <p class="govuk-body">
          {includeClosed ? "You handle no cases." : "You handle no open cases."}
        </p>
      )}
      {shown.length > 0 && <CaseTable rows={shown} />}
    </Page>
  );
}
