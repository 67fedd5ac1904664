import { IncidentKindSchema } from "@api/events/v1/values_pb.js";
import { type CaseCount, CaseService } from "@api/v1/case_service_pb.js";
import { useState } from "preact/hooks";
import { client } from "../api/client.js";
import type { Field, Typed } from "../form/field.js";
import { FormPage } from "../form/form_page.js";
import { capitalised, phrase } from "../words/event_words.js";
import { writtenDay } from "../words/written_time.js";

const FIELDS: Field[] = [
  {
    kind: "when",
    name: "from_time",
    label: "Reported from which day on",
    hint: "From the first case on if you leave it out. For example, 1 9 2026",
    optional: true,
    dateOnly: true,
  },
  {
    kind: "when",
    name: "until_time",
    label: "Reported until the end of which day",
    hint: "Up to now if you leave it out. For example, 31 12 2026",
    optional: true,
    dateOnly: true,
  },
];

interface Counted {
  span: string;
  counts: CaseCount[];
}

function spanInWords(typed: Typed): string {
  const day = (name: string) =>
    ["day", "month", "year"]
      .map((part) => typed[`${name}.${part}`] ?? "")
      .join(" ")
      .trim();
  const from = day("from_time") === "" ? "from the first case on" : `from ${day("from_time")}`;
  const until = day("until_time") === "" ? "up to now" : `until the end of ${day("until_time")}`;
  return `${from}, ${until}`;
}

const sum = (counts: readonly CaseCount[], of: "open" | "closed" | "referred") =>
  counts.reduce((total, count) => total + count[of], 0);

function CountTable({ counted: { span, counts } }: { counted: Counted }) {
  const heads = ["Kind", "Open", "Closed", "Referred to Lancashire Safeguarding"];
  return (
    <table class="govuk-table wb-stacked">
      <caption class="govuk-table__caption govuk-table__caption--m">
        Cases reported {span}, as they stand on {writtenDay(new Date())}
      </caption>
      <thead class="govuk-table__head">
        <tr class="govuk-table__row">
          {heads.map((head, index) => (
            <th
              key={head}
              scope="col"
              class={`govuk-table__header${index === 0 ? "" : " govuk-table__header--numeric"}`}
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody class="govuk-table__body">
        {counts.map((count) => (
          <tr class="govuk-table__row" key={count.kind}>
            <th scope="row" class="govuk-table__header">
              {capitalised(phrase(IncidentKindSchema, count.kind))}
            </th>
            {(["open", "closed", "referred"] as const).map((of, index) => (
              <td
                key={of}
                class="govuk-table__cell govuk-table__cell--numeric"
                data-label={heads[index + 1]}
              >
                {count[of]}
              </td>
            ))}
          </tr>
        ))}
        <tr class="govuk-table__row">
          <th scope="row" class="govuk-table__header">
            All
          </th>
          {(["open", "closed", "referred"] as const).map((of, index) => (
            <td
              key={of}
              class="govuk-table__cell govuk-table__cell--numeric"
              data-label={heads[index + 1]}
            >
              <strong>{sum(counts, of)}</strong>
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

// What the Governing Body is told (P22): numbers, and nobody's name.
export function CountsPage() {
  const [counted, setCounted] = useState<Counted>();
  return (
    <FormPage
      heading="Numbers for the Governing Body"
      back={{ to: "/audit", text: "Back to audit" }}
      draft="case-counts"
      fields={FIELDS}
      submit="Count them"
      send={async ({ answers, typed }) => {
        const fromTime = answers.moment("from_time");
        const untilTime = answers.end("until_time");
        const { counts } = await client(CaseService).countCases({
          ...(fromTime === undefined ? {} : { fromTime }),
          ...(untilTime === undefined ? {} : { untilTime }),
        });
        setCounted({ span: spanInWords(typed), counts });
      }}
    >
      <p class="govuk-body">
        The Headteacher and the Chair of Governors are given the same numbers. What is kept from one
        of them is not among them. A small number may still tell who is meant: think of whom you
        give it to.
      </p>
      {counted && counted.counts.length === 0 && (
        <p class="govuk-body" role="status">
          There are no cases reported {counted.span}.
        </p>
      )}
      {counted && counted.counts.length > 0 && <CountTable counted={counted} />}
    </FormPage>
  );
}
