import {
  type BreachClause,
  type EvidenceKind,
  type IncidentKind,
  IndecentImageAnswer,
  OnlinePlaceSchema,
  type Party,
  PartySchema,
} from "@api/events/v1/values_pb.js";
import { EvidenceService } from "@api/v1/evidence_service_pb.js";
import {
  IncidentService,
  type ReportIncidentRequest,
  ReportIncidentRequestSchema,
} from "@api/v1/incident_service_pb.js";
import { create } from "@bufbuild/protobuf";
import { client } from "../api/client.js";
import { refusalOf } from "../api/refusal.js";
import { sendFile } from "../evidence/send_file.js";
import { sightingOf } from "../evidence/sighting_fields.js";
import { Answers } from "../form/answers.js";
import { bytesOfHex } from "../words/hex.js";
import { heldFile } from "./held_files.js";
import { TOLD } from "./questions.js";
import { type ChosenFile, type NamedParty, namedPeople, type ReportDraft } from "./report_draft.js";
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
    requestId: draft.requestId,
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

async function openUpload(caseRef: string, chosen: ChosenFile): Promise<ChosenFile> {
  const { uploadId, chunkSizeMax } = await client(EvidenceService).openUpload({
    caseRef,
    fileName: chosen.fileName,
    size: BigInt(chosen.size),
    // The question was asked before any file could be chosen, and this is its answer: with
    // another one there is no page to choose a file on.
    indecentImageAnswer: IndecentImageAnswer.NO,
    kind: Number(chosen.typed.kind) as EvidenceKind,
    sighting: sightingOf(chosen.typed),
  });
  return { ...chosen, uploadId, chunkSizeMax };
}

async function fileEvidence(caseRef: string, chosen: ChosenFile): Promise<void> {
  await client(EvidenceService).fileEvidence({
    requestId: chosen.requestId,
    caseRef,
    uploadId: chosen.uploadId ?? "",
    kind: Number(chosen.typed.kind) as EvidenceKind,
    sighting: sightingOf(chosen.typed),
    description: (chosen.typed.description ?? "").trim(),
  });
}

// A file that was chosen and is not on this computer any more.
export class FileMissingError extends Error {
  readonly key: string;

  constructor(file: ChosenFile) {
    super(`${file.fileName} has to be chosen again`);
    this.key = file.key;
  }
}

async function sendChosen(
  caseRef: string,
  chosen: ChosenFile,
  onOpened: (next: ChosenFile) => void,
  onProgress: (committed: number) => void,
): Promise<void> {
  const file = await heldFile(chosen);
  if (file === undefined) throw new FileMissingError(chosen);
  const transfer = (open: ChosenFile) =>
    sendFile({
      uploadId: open.uploadId ?? "",
      chunkSizeMax: open.chunkSizeMax ?? 0,
      file,
      onProgress,
    });
  const open = chosen.uploadId === undefined ? await openUpload(caseRef, chosen) : chosen;
  onOpened(open);
  try {
    await transfer(open);
    await fileEvidence(caseRef, open);
  } catch (error) {
    // An upload that was left for a day is swept: begin it anew.
    if (refusalOf(error)?.code !== "R-NO-SUCH-UPLOAD") throw error;
    const again = await openUpload(caseRef, chosen);
    onOpened(again);
    await transfer(again);
    await fileEvidence(caseRef, again);
  }
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
    const { caseRef, route, nextStep } = await client(IncidentService).reportIncident(
      requestOf(current),
    );
    keep({ ...current, sent: { caseRef, route, nextStep } });
  }
  const caseRef = current.sent?.caseRef ?? "";
  for (const { key } of current.files) {
    const chosen = current.files.find((one) => one.key === key);
    if (chosen === undefined || chosen.isFiled) continue;
    await sendChosen(caseRef, chosen, keepFile, (committed) => onProgress({ key, committed }));
    keepFile({ ...chosen, isFiled: true });
  }
  return current;
}
