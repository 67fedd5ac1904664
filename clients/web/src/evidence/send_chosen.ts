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

// This computer has the file no more. Nothing is wrong with the line or with what was said of it.
class MissingError extends Error {}

interface Fault {
  file: ChosenFile;
  error: unknown;
}

// Why files were not sent, each with the file that it is of.
class SendingError extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(`${faults.length} files were not sent`);
    this.faults = faults;
  }
}

// Of this computer, and so of one file alone.
function isOfFile(error: unknown): boolean {
  return error instanceof MissingError || error instanceof UnreadableError;
}

function failureOfFile({ file, error }: Fault, instead: string): Failure {
  if (!isOfFile(error)) return failureOf(error);
  const { fileName } = file;
  const about = { kind: "broken", code: "", clauses: [], field: "" } as const;
  if (error instanceof MissingError) {
    return { ...about, message: `${fileName} is not here any more.`, nextStep: instead };
  }
  return {
    ...about,
    message: `${fileName} cannot be read.`,
    nextStep:
      "It may have been moved or changed, be locked, or be in the cloud alone. " +
      `Put it on this computer and open it once. ${instead}`,
  };
}

// Why files are not all in evidence. `instead` is what the page offers for a file that this
// computer does not have.
export function failureOfSending(error: unknown, instead: string): Failure {
  if (!(error instanceof SendingError)) return failureOf(error);
  const failures = error.faults.map((fault) => failureOfFile(fault, instead));
  return failures.reduce((all, one) => ({
    ...one,
    message: `${all.message} ${one.message}`,
    nextStep: all.nextStep === one.nextStep ? one.nextStep : `${all.nextStep} ${one.nextStep}`,
  }));
}

// The files that were not sent because of it.
export function failedFiles(error: unknown): readonly ChosenFile[] {
  return error instanceof SendingError ? error.faults.map(({ file }) => file) : [];
}

// Sends one file after the other. One that this computer does not give keeps no other back, and is
// told of at the end; what else goes wrong would go wrong with the next one as well.
export async function sendEach(
  files: readonly ChosenFile[],
  send: (file: ChosenFile) => Promise<void>,
): Promise<void> {
  const faults: Fault[] = [];
  for (const file of files) {
    try {
      await send(file);
    } catch (error) {
      faults.push({ file, error });
      if (!isOfFile(error)) break;
    }
  }
  if (faults.length > 0) throw new SendingError(faults);
}

// Uploads a file and puts it in evidence, and compares what the server has of it with the file.
// Gives what has become of it.
export async function sendChosen(sending: SendingFile): Promise<ChosenFile> {
  const { chosen, onChange, onProgress } = sending;
  const file = await heldFile(chosen);
  if (file === undefined) throw new MissingError();
  const finish = async (open: ChosenFile) => {
    onChange(open);
    const { uploadId = "", chunkSizeMax = 0 } = open;
    await sendFile({ uploadId, chunkSizeMax, file, onProgress });
    // Before it is evidence: what cannot be read any more cannot be compared either.
    const sha256 = await sha256Of(file);
    const filed = await fileEvidence(sending, open);
    const done = { ...filed.file, differs: hexOf(filed.sha256) !== hexOf(sha256) };
    onChange(done);
    return done;
  };
  try {
    return await finish(chosen.uploadId === undefined ? await openUpload(sending) : chosen);
  } catch (error) {
    // An upload that was left for a day is swept: begin it anew.
    if (refusalOf(error)?.code !== "R-NO-SUCH-UPLOAD") throw error;
    return finish(await openUpload(sending));
  }
}
