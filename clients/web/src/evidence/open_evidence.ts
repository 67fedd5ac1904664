import { EvidenceService } from "@api/v1/evidence_service_pb.js";
import { client } from "../api/client.js";
import { hexOf } from "../words/hex.js";

export interface OpenedFile {
  fileName: string;
  mediaType: string;
  bytes: Uint8Array<ArrayBuffer>;
  // Whether the bytes are those of the SHA-256 that was recorded when the file was filed.
  isUnchanged: boolean;
}

// Pictures that a browser shows without running anything. The rest is saved and opened by
// the program that it is for.
export const SHOWN_TYPES: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/webp"]);

// Gives a file in evidence. That it was opened is recorded by the server first.
export async function openEvidence(
  caseRef: string,
  evidenceId: string,
  recordedSha256: string,
  onProgress: (received: number) => void,
): Promise<OpenedFile> {
  const parts: Uint8Array[] = [];
  let received = 0;
  let described = { fileName: "", mediaType: "" };
  const stream = client(EvidenceService).downloadEvidence(
    { caseRef, evidenceId },
    { timeoutMs: 0 },
  );
  for await (const { part } of stream) {
    if (part.case === "description") described = part.value;
    if (part.case !== "data") continue;
    parts.push(part.value);
    received += part.value.length;
    onProgress(received);
  }
  const bytes = new Uint8Array(received);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  const sha256 = hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  const { fileName, mediaType } = described;
  return { fileName, mediaType, bytes, isUnchanged: sha256 === recordedSha256 };
}
