import { AcknowledgementFilter, PolicyService } from "@api/v1/policy_service_pb.js";
import { useState } from "preact/hooks";
import { client } from "../api/client.js";
import { everyPage } from "../api/every_page.js";
import { SelectInput } from "../form/select_input.js";
import { FailurePanel } from "../page/failure_panel.js";
import { Page } from "../page/page.js";
import { TableHead } from "../page/table_head.js";
import { useLoaded } from "../page/use_loaded.js";
import { writtenTime } from "../words/written_time.js";
import { SAFER_ONLINE_POINTS } from "./safer_online_points.js";

const FILTERS = [
  { value: String(AcknowledgementFilter.OUTSTANDING), text: "Those who have still to" },
  { value: String(AcknowledgementFilter.GIVEN), text: "Those who have" },
  { value: String(AcknowledgementFilter.UNSPECIFIED), text: "Everybody" },
];

// Who has acknowledged the version in force (P03). Those who oversee the policy see
// everybody, others themselves.
export function AcknowledgementsPage() {
  const [chosen, setChosen] = useState(String(AcknowledgementFilter.OUTSTANDING));
  const filter = Number(chosen) as AcknowledgementFilter;
  const {
    value: people,
    failure,
    reload,
  } = useLoaded(
    () =>
      everyPage(
        (pageToken) =>
          client(PolicyService).listPolicyAcknowledgements({ filter, pageSize: 200, pageToken }),
        (page) => page.acknowledgements,
      ),
    [filter],
  );
  return (
    <Page
      heading="Who has acknowledged the policy"
      back={{ to: "/policy", text: "Back to the policy" }}
    >
      <SelectInput
        name="filter"
        label="Show"
        options={FILTERS}
        value={chosen}
        onValue={(value) => setChosen(value || String(AcknowledgementFilter.UNSPECIFIED))}
      />
      {failure && !people && <FailurePanel failure={failure} retry={reload} />}
      {people && (
        <p class="govuk-body" role="status">
          {people.length === 1 ? "1 person" : `${people.length} people`}
        </p>
      )}
      {people && people.length > 0 && (
        <table class="govuk-table wb-stacked">
          <caption class="govuk-table__caption govuk-visually-hidden">Acknowledgements</caption>
          <TableHead columns={["Who", "Acknowledged", "What they say of themselves (P12)"]} />
          <tbody class="govuk-table__body">
            {people.map((one) => (
              <tr class="govuk-table__row" key={one.personId}>
                <th scope="row" class="govuk-table__header">
                  {one.name}
                </th>
                <td class="govuk-table__cell" data-label="Acknowledged">
                  {one.acknowledgeTime ? (
                    writtenTime(one.acknowledgeTime)
                  ) : (
                    <>
                      <strong class="govuk-tag govuk-tag--yellow">Outstanding</strong>
                      {one.hasNoAccount && " They have no account to acknowledge it with."}
                    </>
                  )}
                </td>
                <td class="govuk-table__cell" data-label="What they say of themselves">
                  {one.ticks.map((tick) => SAFER_ONLINE_POINTS[tick]).join("; ")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Page>
  );
}
