import { PolicyReviewOutcome } from "@api/events/v1/policy_event_pb.js";
import { PolicyService, type PolicyVersion } from "@api/v1/policy_service_pb.js";
import { client } from "../api/client.js";
import { everyPage } from "../api/every_page.js";
import type { Field, Typed } from "../form/field.js";
import { FormPage } from "../form/form_page.js";
import { FailurePanel } from "../page/failure_panel.js";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import { useLoaded } from "../page/use_loaded.js";
import { writtenTime } from "../words/written_time.js";

const HEADING = "Record a review of the policy";
const BACK = { to: "/policy", text: "Back to the policy" };

const comesTo = (outcome: PolicyReviewOutcome) => (typed: Typed) =>
  typed.outcome === String(outcome);

// What may be the new version: a draft, or the version in force, where the review is written
// down after its approval.
function fieldsFor(versions: readonly PolicyVersion[]): Field[] {
  const options = versions
    .filter((version) => version.approvedOn === "" || version.isInForce)
    .map((version) => ({
      value: version.versionId,
      text: `${version.title}, ${version.isInForce ? "in force" : "draft of"} ${
        version.isInForce ? "now" : writtenTime(version.draftTime)
      }`,
    }));
  return [
    {
      kind: "choice",
      name: "outcome",
      label: "What did it come to?",
      options: [
        { value: String(PolicyReviewOutcome.NO_CHANGE), text: "The version in force stays" },
        {
          value: String(PolicyReviewOutcome.NEW_VERSION),
          text: "A new version takes its place when it is approved",
        },
      ],
    },
    {
      kind: "when",
      name: "reviewed_on",
      label: "When was it reviewed?",
      hint: "Today or before. For example, 14 5 2026",
      dateOnly: true,
    },
    {
      kind: "when",
      name: "next_review_on",
      label: "When is it reviewed next?",
      hint: "At most a year later (P02). For example, 14 5 2027",
      dateOnly: true,
      when: comesTo(PolicyReviewOutcome.NO_CHANGE),
    },
    {
      kind: "select",
      name: "new_version_id",
      label: "Which version is it?",
      hint: "If it is not drafted yet, draft it first.",
      options,
      when: comesTo(PolicyReviewOutcome.NEW_VERSION),
    },
    { kind: "text", name: "notes", label: "What was considered", optional: true, max: 4000 },
  ];
}

async function read() {
  const [versions, { revision }] = await Promise.all([
    everyPage(
      (pageToken) => client(PolicyService).listPolicyVersions({ pageSize: 200, pageToken }),
      (page) => page.versions,
    ),
    client(PolicyService).getPolicyStatus({}),
  ]);
  return { versions, revision };
}

export function ReviewPage() {
  const { value, failure, reload } = useLoaded(read, []);
  if (value === undefined) {
    return (
      <Page heading={HEADING} back={BACK}>
        {failure && <FailurePanel failure={failure} retry={reload} />}
      </Page>
    );
  }
  return (
    <FormPage
      heading={HEADING}
      back={BACK}
      draft="policy-review"
      seen={value.revision}
      fields={fieldsFor(value.versions)}
      submit="Record the review"
      send={async ({ answers, requestId, expectedRevision, leaveFor }) => {
        const outcome = answers.choice<PolicyReviewOutcome>("outcome");
        const stays = outcome === PolicyReviewOutcome.NO_CHANGE;
        await client(PolicyService).recordPolicyReview({
          requestId,
          expectedRevision: expectedRevision ?? value.revision,
          outcome,
          reviewedOn: answers.date("reviewed_on"),
          nextReviewOn: stays ? answers.date("next_review_on") : "",
          newVersionId: stays ? "" : answers.text("new_version_id"),
          notes: answers.text("notes"),
        });
        tell("The review is recorded.");
        leaveFor("/policy");
      }}
    />
  );
}
