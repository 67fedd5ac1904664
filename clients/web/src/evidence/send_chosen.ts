import type { EvidenceKind, IndecentImageAnswer } from "@api/events/v1/values_pb.js";
import { EvidenceService } from "@api/v1/evidence_service_pb.js";
import { client } from "../api/client.js";
import { type Failure, failureOf, refusalOf } from "../api/refusal.js";
import { askedFor } from "../form/asked.js";
import { hexOf } from "../words/hex.js";
import type { ChosenFile } from "./chosen_file.js";
import { heldFile } from "./held_files.js";
import { UnreadableError } from "./readable.js";
import { sendFile } from "./send_file.js";
import { sha256Of } from "./sha256.js";
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

interface Filed {
  file: ChosenFile;
  // What the server has of it.
  sha256: Uint8Array;
}

async function fileEvidence(sending: SendingFile, open: ChosenFile): Promise<Filed> {
  const { caseRef, onChange } = sending;
  const uploadId = open.uploadId ?? "";
  const asked = askedFor(open.asked, JSON.stringify([caseRef, uploadId, open.typed]));
  const asking = { ...open, asked };
  onChange(asking);
  const { sha256 } = await client(EvidenceService).fileEvidence({
    requestId: asked.requestId,
    caseRef,
    uploadId,
    kind: Number(open.typed.kind) as EvidenceKind,
    sighting: sightingOf(open.typed),
    capturedBy: (open.typed.captured_by ?? "").trim(),
    capturedWith: (open.typed.captured_with ?? "").trim(),
    description: (open.typed.description ?? "").trim(),
  });
  return { file: { ...asking, isFiled: true }, sha256 };
}

// What is wrong with a file, and not with the line or with what was said of it.
class FileError extends Error {
  readonly fault: "missing" | "unreadable" | "differs";
  readonly fileName: string;

  constructor(fault: FileError["fault"], { fileName }: ChosenFile) {
    super(`${fileName}: ${fault}`);
    this.fault = fault;
    this.fileName = fileName;
  }
}

// Why files are not all in evidence. `instead` is what the page offers for a file that this
// computer does not have.
export function failureOfSending(error: unknown, instead: string): Failure {
  if (!(error instanceof FileError)) return failureOf(error);
  const { fault, fileName } = error;
  const about = { kind: "broken", code: "", clauses: [], field: "" } as const;
  switch (fault) {
    case "missing":
      return { ...about, message: `${fileName} is not here any more.`, nextStep: instead };
    case "unreadable":
      return {
        ...about,
        message: `${fileName} cannot be read.`,
        nextStep:
          "It may have been moved or changed, be locked, or be in the cloud alone. " +
          `Put it on this computer and open it once. ${instead}`,
      };
    case "differs":
      return {
        ...about,
        message: `${fileName} is in evidence, and is not the file on this computer.`,
        nextStep:
          "Its SHA-256 is another one. Keep the original, add it once more, and say which file " +
          "stands in the place of the other. Tell the auditor. Then send the rest.",
      };
  }
}

// Uploads a file and puts it in evidence, and compares what the server has of it with the file.
export async function sendChosen(sending: SendingFile): Promise<void> {
  const { chosen, onChange, onProgress } = sending;
  const file = await heldFile(chosen);
  if (file === undefined) throw new FileError("missing", chosen);
  const finish = async (open: ChosenFile) => {
    onChange(open);
    const { uploadId = "", chunkSizeMax = 0 } = open;
    await sendFile({ uploadId, chunkSizeMax, file, onProgress });
    // Before it is evidence: what cannot be read any more cannot be compared either.
    const sha256 = await sha256Of(file);
    const filed = await fileEvidence(sending, open);
    onChange(filed.file);
    if (hexOf(filed.sha256) !== hexOf(sha256)) throw new FileError("differs", chosen);
  };
  try {
    await finish(chosen.uploadId === undefined ? await openUpload(sending) : chosen);
  } catch (error) {
    if (error instanceof UnreadableError) throw new FileError("unreadable", chosen);
    // An upload that was left for a day is swept: begin it anew.
    if (refusalOf(error)?.code !== "R-NO-SUCH-UPLOAD") throw error;
    await finish(await openUpload(sending));
  }
}
