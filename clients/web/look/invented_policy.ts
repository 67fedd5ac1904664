import { PolicyOffice, SaferOnlinePoint } from "@api/events/v1/policy_event_pb.js";
import { ClauseForce, PolicyService } from "@api/v1/policy_service_pb.js";
import type { ConnectRouter } from "@connectrpc/connect";
import { idOf } from "./invented_people.js";
import { ago } from "./moments.js";

const version = {
  versionId: "ab".repeat(16),
  title: "Social Networking Policy, September 2022",
  draftTime: ago(1200),
  approvedOn: "2022-09-12",
  reviewOn: "2023-07-31",
  isInForce: true,
  content: "1. Aims\n\nThis policy applies to everybody.\n",
  contentSha256: "52a08d8cd2ad9a1d6ef5ed3f7c8b1f2f8ef5b9d7b2a9b1d1b0e8f8ad8d0f1b2c",
  signatures: [
    { name: "Sam Holt", office: PolicyOffice.HEADTEACHER, signTime: ago(1199) },
    { name: "Maria Jackson", office: PolicyOffice.CHAIR_OF_GOVERNORS, signTime: ago(1198) },
  ],
};

const draft = {
  ...version,
  versionId: "cd".repeat(16),
  title: "Social Networking Policy, draft for the autumn",
  draftTime: ago(3),
  approvedOn: "",
  reviewOn: "",
  isInForce: false,
  content: "1. Aims\n\nThis policy applies to everybody, and to every device.\n".repeat(12),
  signatures: [],
};

const clause = {
  number: "P41",
  title: "No investigation before advice",
  words: "The school will not investigate until advice is received.",
  binds: "The school",
  force: ClauseForce.RULE,
  rule: "Nothing is investigated until advice is recorded that lets the school proceed.",
  refusals: [{ code: "R-ADVICE-FIRST", message: "Wait for advice.", nextStep: "Record it." }],
};

async function withHash<T extends { content: string }>(one: T): Promise<T> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(one.content));
  const hex = [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0"));
  return { ...one, contentSha256: hex.join("") };
}

export function inventedPolicy({ service }: ConnectRouter) {
  service(PolicyService, {
    getPolicyStatus: () => ({
      inForce: version,
      banner: "The policy was due for review on 31 July 2023. It stays in force.",
      acknowledgementOutstanding: true,
      outstandingCount: 4,
      preventionReminderDue: true,
      reminders: [
        {
          reminderId: "ef".repeat(16),
          message: "Look at who can see your pages, before term begins.",
          issueTime: ago(30),
          acknowledgements: 12,
        },
      ],
    }),
    getPolicyVersion: async ({ versionId }) => ({
      version: await withHash(versionId === draft.versionId ? draft : version),
      revision: 7n,
    }),
    listPolicyVersions: () => ({ versions: [version, draft] }),
    listPolicyAcknowledgements: () => ({
      versionId: version.versionId,
      acknowledgements: [
        { personId: idOf(0), name: "Priya Nair" },
        { personId: idOf(2), name: "Maria Jackson", hasNoAccount: true },
        {
          personId: idOf(1),
          name: "Sam Holt",
          acknowledgeTime: ago(300),
          ticks: [SaferOnlinePoint.PRIVACY_HIGH, SaferOnlinePoint.AUDIENCE_KNOWN],
        },
      ],
    }),
    listClauses: () => ({ clauses: [clause] }),
    getClause: () => ({ clause }),
  });
}
