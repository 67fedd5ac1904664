import { type AccessEntry, AuditService } from "@api/v1/audit_service_pb.js";
import { client } from "../api/client.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { TableHead } from "../page/table_head.js";
import { useLoaded } from "../page/use_loaded.js";
import { writtenTime } from "../words/written_time.js";

// All refusals, oldest first, with the counts of the last page.
async function readRefusals() {
  const entries: AccessEntry[] = [];
  let recorded = 0n;
  let counted = 0n;
  let pageToken = "";
  do {
    const page = await client(AuditService).listRefusals({ pageSize: 200, pageToken });
    entries.push(...page.entries);
    recorded = page.recordedCount;
    counted = page.countedCount;
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  return { entries, recorded, counted };
}

function counted(refusals: bigint): string {
  return refusals === 1n ? "1 refusal was" : `${refusals} refusals were`;
}

function Row({ entry }: { entry: AccessEntry }) {
  const { refused } = entry;
  return (
    <tr class="govuk-table__row">
      <td class="govuk-table__cell" data-label="When">
        {writtenTime(entry.recordedTime)}
      </td>
      <td class="govuk-table__cell" data-label="Who">
        {entry.actorName}
      </td>
      <td class="govuk-table__cell wb-typed" data-label="What">
        {entry.what}
      </td>
      <td class="govuk-table__cell" data-label="Rule">
        {[refused?.reason ?? "", ...(refused?.clauses ?? [])].filter((it) => it).join(", ")}
      </td>
    </tr>
  );
}

// What was refused in the school elsewhere than on a case that the person may see: many of
// one person may be somebody who tries what they may not.
export function RefusalsPage() {
  const { value, failure, reload } = useLoaded(readRefusals, []);
  return (
    <Page
      heading="What was refused in the school"
      back={{ to: "/audit", text: "Back to audit" }}
      wide
    >
      <p class="govuk-body">
        What was refused to somebody in a case that they may see stands in that case, under “Who
        looked”, and not here.
      </p>
      {failure && !value && <FailurePanel failure={failure} retry={reload} />}
      {value && (
        <p class="govuk-body">
          Since the server was started, {counted(value.recorded)} recorded, here and in cases
          {value.counted > 0n && `, and ${counted(value.counted)} only counted`}.
        </p>
      )}
      {value?.entries.length === 0 && (
        <p class="govuk-body">Outside of such cases nothing was refused.</p>
      )}
      {value && value.entries.length > 0 && (
        <table class="govuk-table wb-stacked">
          <caption class="govuk-table__caption govuk-visually-hidden">
            Refusals, the newest first
          </caption>
          <TableHead columns={["When", "Who", "What", "Rule"]} />
          <tbody class="govuk-table__body">
            {[...value.entries].reverse().map((entry) => (
              <Row key={String(entry.position)} entry={entry} />
            ))}
          </tbody>
        </table>
      )}
    </Page>
  );
}
