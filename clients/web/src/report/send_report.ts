import {
  type BreachClause,
  type IncidentKind,
  type IndecentImageAnswer,
  OnlinePlaceSchema,
  type Party,
  PartySchema,
} from "@api/events/v1/values_pb.js";
import type { ReportSummary } from "@api/v1/case_pb.js";
import {
  IncidentService,
  type ReportIncidentRequest,
  ReportIncidentRequestSchema,
} from "@api/v1/incident_service_pb.js";
import { create, toJsonString } from "@bufbuild/protobuf";
import { client } from "../api/client.js";
import { failureOf } from "../api/refusal.js";
import { listMyReports } from "../cases/my_reports_page.js";
import type { ChosenFile } from "../evidence/chosen_file.js";
import { sendChosen, sendEach } from "../evidence/send_chosen.js";
import { Answers } from "../form/answers.js";
import { askedFor } from "../form/asked.js";
import { bytesOfHex } from "../words/hex.js";
import { dateOf } from "../words/written_time.js";
import { TOLD } from "./questions.js";
import { filesToSend, type NamedParty, namedPeople, type ReportDraft } from "./report_draft.js";
import { headteacherAnswer } from "./steps.js";

export interface FileProgress {
  key: string;
  committed: number;
}

function partyOf(party: NamedParty): Party {
  return create(PartySchema, {
    capacity: Number(party.capacity),
    category: Number(party.category),
    name: party.name.trim(),
    personId: bytesOfHex(party.personId),
  });
}

export function requestOf(draft: ReportDraft): ReportIncidentRequest {
  const answers = new Answers(draft.typed);
  const place = {
    platform: answers.text("place.platform"),
    address: answers.text("place.address"),
    account: answers.text("place.account"),
  };
  const happenedAt = answers.when("happened_at");
  const told = answers.text("told");
  const isSilent = answers.isYes("wishes_not_given");
  return create(ReportIncidentRequestSchema, {
    kind: answers.choice<IncidentKind>("kind"),
    whatHappened: answers.text("what_happened"),
    ...(happenedAt === undefined ? {} : { happenedAt }),
    ...(place.platform === "" ? {} : { place: create(OnlinePlaceSchema, place) }),
    parties: namedPeople(draft).map(partyOf),
    wishes: isSilent ? "" : answers.text("wishes"),
    wishesNotGiven: isSilent,
    indecentImageAnswer: answers.choice<IndecentImageAnswer>("indecent_image_answer"),
    toLineManager: told === TOLD.manager,
    toSeniorLeadership: told === TOLD.leader,
    aboutHeadteacher: headteacherAnswer(draft),
    breachedClauses: answers.choices<BreachClause>("breached_clauses"),
  });
}

function wordsOf(draft: ReportDraft): string {
  return toJsonString(ReportIncidentRequestSchema, requestOf(draft));
}

// The clock of a school computer may be wrong by hours, rarely by a day.
const CLOCK_WRONG_MS = 24 * 3_600_000;

// What one reported of a kind since a moment of this computer's clock.
export async function reportedSince(kind: string, since: number): Promise<ReportSummary[]> {
  return (await listMyReports()).filter(
    (report) =>
      String(report.kind) === kind &&
      report.reportedTime !== undefined &&
      dateOf(report.reportedTime).getTime() >= since - CLOCK_WRONG_MS,
  );
}

// Where the answer to a report was lost and its words were changed since: what was recorded at
// that time or later, which may be that report. Sent once more it would be a second one.
export async function mayBeRecorded(draft: ReportDraft): Promise<ReportSummary[]> {
  const { asked } = draft;
  if (!asked?.isOpen || asked.words === wordsOf(draft)) return [];
  return reportedSince(asked.kind, asked.firstSentAt);
}

// Sends the report and then its files. What has been done is told at once through `onDraft`,
// so that sending goes on from there after anything that breaks it off.
export async function sendReport(
  draft: ReportDraft,
  onDraft: (next: ReportDraft) => void,
  onProgress: (progress: FileProgress) => void,
): Promise<ReportDraft> {
  let current = draft;
  const keep = (next: ReportDraft) => {
    current = next;
    onDraft(next);
  };
  const keepFile = (next: ChosenFile) =>
    keep({ ...current, files: current.files.map((one) => (one.key === next.key ? next : one)) });

  if (current.sent === undefined) {
    const next = askedFor(current.asked, wordsOf(current));
    const asked =
      next === current.asked
        ? current.asked
        : { ...next, kind: current.typed.kind ?? "", firstSentAt: Date.now(), isOpen: true };
    keep({ ...current, asked });
    try {
      const { caseRef, route, nextStep } = await client(IncidentService).reportIncident({
        ...requestOf(current),
        requestId: asked.requestId,
      });
      keep({ ...current, sent: { caseRef, route, nextStep } });
    } catch (error) {
      const isOpen = failureOf(error).kind !== "refused";
      keep({ ...current, asked: { ...asked, isOpen } });
      throw error;
    }
  }
  const caseRef = current.sent?.caseRef ?? "";
  const waiting = filesToSend(current).filter((file) => !file.isFiled);
  await sendEach(waiting, async (chosen) => {
    await sendChosen({
      caseRef,
      answer: Number(current.typed.indecent_image_answer) as IndecentImageAnswer,
      chosen,
      onChange: keepFile,
      onProgress: (committed) => onProgress({ key: chosen.key, committed }),
    });
  });
  return current;
}
