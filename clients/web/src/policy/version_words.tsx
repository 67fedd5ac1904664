import type { PolicyVersion } from "@api/v1/policy_service_pb.js";
import type { SummaryRow } from "../page/summary_list.js";
import { writtenStoredDate, writtenTime } from "../words/written_time.js";
import { OFFICE_WORDS } from "./policy_roles.js";

export function VersionTag({ version }: { version: PolicyVersion }) {
  if (version.isInForce) return <strong class="govuk-tag govuk-tag--green">In force</strong>;
  if (version.approvedOn === "") {
    return <strong class="govuk-tag govuk-tag--yellow">Draft</strong>;
  }
  return <strong class="govuk-tag govuk-tag--grey">No longer in force</strong>;
}

export function rowsOfVersion(version: PolicyVersion): SummaryRow[] {
  const signed = version.signatures.map(
    ({ name, office, signTime }) => `${name}, ${OFFICE_WORDS[office]}, ${writtenTime(signTime)}`,
  );
  const rows = [
    { term: "Stage", text: <VersionTag version={version} /> },
    { term: "Drafted", text: writtenTime(version.draftTime) },
    {
      term: "In force since",
      text: version.approvedOn === "" ? "" : writtenStoredDate(version.approvedOn),
    },
    {
      term: "To be reviewed by",
      text: version.reviewOn === "" ? "" : writtenStoredDate(version.reviewOn),
    },
    { term: "Signed by", text: signed.join("\n") || "Nobody yet" },
    { term: "SHA-256 of the text", text: version.contentSha256 },
  ];
  return rows.filter((row) => row.text !== "");
}
