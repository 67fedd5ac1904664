import type { EvidenceKind, IndecentImageAnswer } from "@api/events/v1/values_pb.js";
import { EvidenceService } from "@api/v1/evidence_service_pb.js";
import { client } from "../api/client.js";
import { type Failure, refusalOf } from "../api/refusal.js";
import { askedFor } from "../form/asked.js";
import type { ChosenFile } from "./chosen_file.js";
import { heldFile } from "./held_files.js";
import { sendFile } from "./send_file.js";
import { sightingOf } from "./sighting_fields.js";

interface SendingFile {
  caseRef: string;
  // What was answered to "Could this be an indecent image of a child?".
  answer: IndecentImageAnswer;
  chosen: ChosenFile;
  // What has been done is told, so that it can go on later.
  onChange(next: ChosenFile): void;
  onProgress(committed: number): void;
}

async function openUpload({ caseRef, answer, chosen }: SendingFile): Promise<ChosenFile> {
  const { uploadId, chunkSizeMax } = await client(EvidenceService).openUpload({
    caseRef,
    fileName: chosen.fileName,
    size: BigInt(chosen.size),
    indecentImageAnswer: answer,
    kind: Number(chosen.typed.kind) as EvidenceKind,
    sighting: sightingOf(chosen.typed),
  });
  return { ...chosen, uploadId, chunkSizeMax };
}

async function fileEvidence(sending: SendingFile, open: ChosenFile): Promise<ChosenFile> {
  const { caseRef, onChange } = sending;
  const uploadId = open.uploadId ?? "";
  const asked = askedFor(open.asked, JSON.stringify([caseRef, uploadId, open.typed]));
  const asking = { ...open, asked };
  onChange(asking);
  await client(EvidenceService).fileEvidence({
    requestId: asked.requestId,
    caseRef,
    uploadId,
    kind: Number(open.typed.kind) as EvidenceKind,
    sighting: sightingOf(open.typed),
    capturedBy: (open.typed.captured_by ?? "").trim(),
    capturedWith: (open.typed.captured_with ?? "").trim(),
    description: (open.typed.description ?? "").trim(),
  });
  return asking;
}

// A file that was chosen and is not on this computer any more.
export class FileMissingError extends Error {
  constructor(file: ChosenFile) {
    super(`${file.fileName} has to be chosen again`);
  }
}

export const FILE_MISSING: Failure = {
  kind: "broken",
  code: "",
  clauses: [],
  message: "A large file is not on this computer any more.",
  nextStep: "Leave it out here, and add it to the case afterwards.",
  field: "",
};

// Uploads a file and puts it in evidence.
export async function sendChosen(sending: SendingFile): Promise<void> {
  const { chosen, onChange, onProgress } = sending;
  const file = await heldFile(chosen);
  if (file === undefined) throw new FileMissingError(chosen);
  const finish = async (open: ChosenFile) => {
    onChange(open);
    const { uploadId = "", chunkSizeMax = 0 } = open;
    await sendFile({ uploadId, chunkSizeMax, file, onProgress });
    onChange({ ...(await fileEvidence(sending, open)), isFiled: true });
  };
  try {
    await finish(chosen.uploadId === undefined ? await openUpload(sending) : chosen);
  } catch (error) {
    // An upload that was left for a day is swept: begin it anew.
    if (refusalOf(error)?.code !== "R-NO-SUCH-UPLOAD") throw error;
    await finish(await openUpload(sending));
  }
}
