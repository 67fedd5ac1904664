import { CaseEventSchema } from "@api/events/v1/case_event_pb.js";
import { ReferralSection } from "@api/events/v1/referral_event_pb.js";
import {
  Capacity,
  EvidenceKind,
  IncidentKind,
  IndecentImageAnswer,
  PersonCategory,
  Role,
  Route,
} from "@api/events/v1/values_pb.js";
import { AccessService, SessionSchema } from "@api/v1/access_service_pb.js";
import { CaseStage, CaseSummarySchema, TimelineEntrySchema } from "@api/v1/case_pb.js";
import { CaseService } from "@api/v1/case_service_pb.js";
import { DueService } from "@api/v1/due_service_pb.js";
import { EvidenceService } from "@api/v1/evidence_service_pb.js";
import { IncidentService } from "@api/v1/incident_service_pb.js";
import { ResponseService } from "@api/v1/response_service_pb.js";
import { create } from "@bufbuild/protobuf";
import type { ConnectRouter } from "@connectrpc/connect";
import { notSignedIn } from "../src/testing/server_double.js";
import { bytesOfHex } from "../src/words/hex.js";
import { ACTIONS_BEFORE_POLICE, INVENTED_ACTIONS } from "./invented_actions.js";
import { COUNTS, inventedAudit } from "./invented_audit.js";
import { DUE } from "./invented_due.js";
import { inventedPeople } from "./invented_people.js";
import { inventedPolicy } from "./invented_policy.js";
import { inventedRegisters } from "./invented_registers.js";
import { ago, at } from "./moments.js";

const REF = "WB-7K4D-9QX2";
const LONG =
  "A page called “Oakfield truth” was put online with my photograph and " +
  "my full name. It says that " +
  "I shout at children. " +
  "" +
  "https://example.invalid/a/very/long/address/that/does/not/end/anywhere/at/all/and/goes/on\n" +
  "Three parents have already written under it.";

const summary = create(CaseSummarySchema, {
  caseRef: REF,
  kind: IncidentKind.CYBER_BULLYING,
  stage: CaseStage.REPORTED,
  route: Route.HEADTEACHER,
  targetNames: ["Priya Nair"],
  platform: "Facebook",
  reportedTime: at("2026-05-14T20:05:00Z"),
  changedTime: at("2026-05-15T07:30:00Z"),
  revision: 5n,
  evidenceCount: 2,
});

const second = create(CaseSummarySchema, {
  ...summary,
  caseRef: "WB-0000-0002",
  kind: IncidentKind.UNSUITABLE_MATERIAL,
  stage: CaseStage.ADVICE_SOUGHT,
  targetNames: [],
  indecentImageSuspected: true,
});

const timeline = [
  create(TimelineEntrySchema, {
    revision: 1n,
    actorName: "Priya Nair",
    recordedTime: at("2026-05-14T20:05:00Z"),
    event: create(CaseEventSchema, {
      body: {
        case: "incidentReported",
        value: {
          kind: IncidentKind.CYBER_BULLYING,
          whatHappened: LONG,
          happenedAt: { date: "2026-05-14", time: "20:40", utcOffsetMinutes: 60 },
          place: { platform: "Facebook", account: "oakfield_truth" },
          parties: [
            {
              capacity: Capacity.TARGET,
              name: "Priya Nair",
              category: PersonCategory.EMPLOYEE,
              personId: bytesOfHex("a1".repeat(16)),
            },
          ],
          wishes: "That the page is taken down, and that nobody in school talks about it.",
          indecentImageAnswer: IndecentImageAnswer.NO,
          route: Route.HEADTEACHER,
        },
      },
    }),
  }),
  create(TimelineEntrySchema, {
    revision: 2n,
    actorName: "Priya Nair",
    recordedTime: at("2026-05-14T20:07:00Z"),
    event: create(CaseEventSchema, {
      body: {
        case: "evidenceFiled",
        value: {
          evidenceId: bytesOfHex("ab".repeat(16)),
          kind: EvidenceKind.SCREEN_PRINT,
          fileName: "Screenshot 2026-05-14 20.41.png",
          mediaType: "image/png",
          size: 482_113n,
          sha256: bytesOfHex("ef".repeat(32)),
          capturedBy: "Priya Nair",
          sighting: { date: "2026-05-14", time: "20:41", place: { platform: "Facebook" } },
        },
      },
    }),
  }),
  create(TimelineEntrySchema, {
    revision: 3n,
    actorName: "Sam Holt",
    recordedTime: at("2026-05-15T07:30:00Z"),
    event: create(CaseEventSchema, {
      body: {
        case: "receiptAcknowledged",
        value: { messageToReporter: "I have read it and ring you at lunch. S. Holt" },
      },
    }),
  }),
];

const secondFile = create(TimelineEntrySchema, {
  revision: 4n,
  actorId: "a1".repeat(16),
  actorName: "Sam Holt",
  recordedTime: at("2026-05-15T07:40:00Z"),
  event: create(CaseEventSchema, {
    body: {
      case: "evidenceFiled",
      value: {
        evidenceId: bytesOfHex("cd".repeat(16)),
        kind: EvidenceKind.SCREEN_PRINT,
        fileName: "The whole page.pdf",
        mediaType: "application/pdf",
        size: 91_200n,
        sha256: bytesOfHex("12".repeat(32)),
        capturedBy: "Sam Holt",
        sighting: {
          date: "2026-05-15",
          timeNotKnownBecause: "The clock of the computer was wrong",
          place: { platform: "Facebook", account: "oakfield_truth" },
        },
      },
    },
  }),
});

const preparedSection = create(TimelineEntrySchema, {
  revision: 5n,
  actorName: "Sam Holt",
  recordedTime: at("2026-05-15T09:10:00Z"),
  event: create(CaseEventSchema, {
    body: {
      case: "referralSectionPrepared",
      value: {
        section: ReferralSection.SUBJECT,
        fields: [
          { name: "name", text: "Anna Smith" },
          { name: "job_title", text: "Teaching assistant" },
          { name: "workplace", text: "Oakfield Primary" },
        ],
      },
    },
  }),
});

export function invented(router: ConnectRouter) {
  const { service } = router;
  inventedRegisters(router);
  inventedAudit(router);
  let isOut = new URLSearchParams(location.search).has("out");
  const session = create(SessionSchema, {
    schoolId: "00".repeat(16),
    schoolName: "Oakfield Primary",
    personId: "a1".repeat(16),
    name: "Sam Holt",
    roles: [Role.STAFF, Role.HEADTEACHER, Role.AUDITOR, Role.ADMINISTRATOR],
    expireTime: ago(-0.5),
    accountIssuedTime: ago(30),
    accountIssuedBy: "Jo Marsh",
  });
  service(AccessService, {
    getSession: () => {
      if (isOut) throw notSignedIn();
      return { session };
    },
    signIn: () => {
      isOut = false;
      return { session };
    },
    signOut: () => ({}),
  });
  service(CaseService, {
    getCase: ({ caseRef }) => ({
      caseFile: {
        summary: caseRef === REF ? summary : second,
        timeline: [...timeline, secondFile, preparedSection],
        remainingSteps: [
          {
            code: "R-FINDING",
            clauses: ["P20"],
            message: "Nothing has been found yet.",
            nextStep: "Investigate, then record what was found.",
          },
        ],
        actions: caseRef === REF ? INVENTED_ACTIONS : ACTIONS_BEFORE_POLICE,
        openNames: caseRef === REF ? ["Anna Smith"] : [],
      },
    }),
    listInbox: () => ({ cases: [summary, second] }),
    listMyReports: () => ({
      reports: [
        {
          caseRef: REF,
          kind: IncidentKind.CYBER_BULLYING,
          stage: CaseStage.ACKNOWLEDGED,
          route: Route.HEADTEACHER,
          reportedTime: at("2026-05-14T20:05:00Z"),
          changedTime: at("2026-05-15T07:30:00Z"),
          messageToReporter: "I have read it and ring you at lunch. S. Holt",
          nextStep: "Your report has been seen. Those responsible now decide what is to be done.",
          evidenceCount: 1,
          revision: 3n,
        },
      ],
    }),
    countCases: () => ({ counts: COUNTS }),
    watchCases: async function* () {},
  });
  service(DueService, {
    listDue: () => ({
      items: DUE,
      count: {
        due: DUE.length,
        overdue: DUE.filter((item) => item.overdue).length,
        banners: ["The policy was due for review on 31 July 2023. It stays in force."],
      },
    }),
  });
  service(IncidentService, {
    reportIncident: () => ({
      caseRef: REF,
      route: Route.HEADTEACHER,
      nextStep:
        "The Headteacher and the safeguarding lead have been told. You will be " +
        "told when one of them has seen your report.",
    }),
  });
  let uploaded = new Uint8Array();
  service(EvidenceService, {
    openUpload: () => ({ uploadId: "ab".repeat(16), chunkSizeMax: 1 << 20 }),
    getUpload: () => ({ committedOffset: BigInt(uploaded.length) }),
    putChunk: ({ data }) => {
      uploaded = Uint8Array.of(...uploaded, ...data);
      return { committedOffset: BigInt(uploaded.length) };
    },
    fileEvidence: async () => {
      const sha256 = await crypto.subtle.digest("SHA-256", uploaded);
      uploaded = new Uint8Array();
      return { sha256: new Uint8Array(sha256) };
    },
  });
  inventedPeople(router);
  service(ResponseService, {
    listContacts: () => ({
      contacts: [
        { purpose: "The police in an emergency", name: "Police", telephone: "999" },
        {
          purpose: "Safeguarding advice",
          name: "Lancashire Safeguarding",
          how: "By the council's online form only",
        },
      ],
      rulePackId: "england-2025-09",
      effectiveFrom: "2025-09-01",
    }),
  });
  inventedPolicy(router);
}
