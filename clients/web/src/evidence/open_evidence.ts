import { EvidenceService } from "@api/v1/evidence_service_pb.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { client } from "../api/client.js";
import { heard, SilenceError } from "../api/heard.js";
import { type Failure, failureOf } from "../api/refusal.js";
import { hexOf } from "../words/hex.js";
import { BlobOfParts } from "./blob_of_parts.js";

export interface OpenedFile {
  file: Blob;
  // Whether the bytes are those of the SHA-256 that was recorded when the file was filed.
  isUnchanged: boolean;
}

// Pictures that a browser shows without running anything. The rest is saved and opened by
// the program that it is for.
const SHOWN_TYPES: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/webp"]);

// What has more is drawn in hundreds of megabytes of memory, and may take the page with it.
export const SHOWN_SIZE_MAX = 32 * 1024 ** 2;

export function isPictureType(mediaType: string): boolean {
  return SHOWN_TYPES.has(mediaType);
}

// The server gives a line that stalls up to 62 seconds for one message of a download, and after
// that ends it.
const SILENCE_MS = 75_000;

interface Opening {
  caseRef: string;
  evidenceId: string;
  recordedSha256: string;
  signal: AbortSignal;
  // With nothing as soon as the server has answered, which is when it is recorded.
  onProgress(received: number): void;
}

// Gives a file in evidence. That it was opened is recorded by the server first, each time.
export async function openEvidence(opening: Opening): Promise<OpenedFile> {
  const { caseRef, evidenceId, recordedSha256, signal, onProgress } = opening;
  const parts = new BlobOfParts();
  const hash = sha256.create();
  let received = 0;
  let mediaType = "";
  const stream = heard(
    (until) =>
      client(EvidenceService).downloadEvidence(
        { caseRef, evidenceId },
        { timeoutMs: 0, signal: until },
      ),
    { signal, silenceMs: SILENCE_MS },
  );
  for await (const { part } of stream) {
    if (part.case === "description") mediaType = part.value.mediaType;
    if (part.case === "data") {
      parts.add(part.value as Uint8Array<ArrayBuffer>);
      hash.update(part.value);
      received += part.value.length;
    }
    onProgress(received);
  }
  return { file: parts.whole(mediaType), isUnchanged: hexOf(hash.digest()) === recordedSha256 };
}

// Why a file did not come, without the comfort that other failures give: what is opened again is
// recorded again.
export function failureOfOpening(error: unknown): Failure {
  const again = "then open it again. It then comes from its beginning, and that is recorded too.";
  if (error instanceof SilenceError) {
    return {
      kind: "unreachable",
      code: "",
      clauses: [],
      message: "Nothing of the file has come for more than a minute.",
      nextStep: `Check that this computer is online, ${again}`,
      field: "",
    };
  }
  const failure = failureOf(error);
  if (failure.kind === "unreachable") {
    return {
      ...failure,
      message: "The line was lost before the whole file had come.",
      nextStep: `Check that this computer is online, ${again}`,
    };
  }
  if (failure.kind === "broken") return { ...failure, nextStep: `Wait a few minutes, ${again}` };
  return failure;
}
