import { type EvidenceKind, IndecentImageAnswer } from "@api/events/v1/values_pb.js";
import { EvidenceService } from "@api/v1/evidence_service_pb.js";
import { client } from "../api/client.js";
import { refusalOf } from "../api/refusal.js";
import type { ChosenFile } from "./chosen_file.js";
import { heldFile } from "./held_files.js";
import { sendFile } from "./send_file.js";
import { sightingOf } from "./sighting_fields.js";

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
    capturedBy: (chosen.typed.captured_by ?? "").trim(),
    capturedWith: (chosen.typed.captured_with ?? "").trim(),
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

// Uploads a file and puts it in evidence. What has been opened is told, so that it can go on
// later.
export async function sendChosen(
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
