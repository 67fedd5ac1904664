import { EvidenceKind } from "@api/events/v1/values_pb.js";
import type { Asked } from "../form/asked.js";
import type { Typed } from "../form/field.js";

// A file that somebody chose, until it is in evidence as it is here.
export interface ChosenFile {
  key: string;
  fileName: string;
  mediaType: string;
  size: number;
  // Kind, time, date, place and description.
  typed: Typed;
  asked?: Asked;
  uploadId?: string;
  chunkSizeMax?: number;
  isFiled?: boolean;
  // Filed with another SHA-256: the copy here may be the only right one, and stays until somebody
  // says that they have it.
  differs?: boolean;
}

export function newFile(file: File): ChosenFile {
  const isPicture = file.type.startsWith("image/");
  const kind = isPicture ? EvidenceKind.SCREEN_PRINT : EvidenceKind.ORIGINAL;
  return {
    key: crypto.randomUUID(),
    fileName: file.name,
    mediaType: file.type,
    size: file.size,
    typed: { kind: String(kind) },
  };
}

// Under which its bytes are kept with the drafts.
export function bytesName(key: string): string {
  return `file/${key}`;
}
