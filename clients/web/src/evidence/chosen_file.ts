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

// What a name on this computer may have, and the name of a file in evidence may not.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const NOT_IN_A_NAME = /[/\\\u0000-\u001f\u007f]/g;

export function newFile(file: File): ChosenFile {
  const isPicture = file.type.startsWith("image/");
  const kind = isPicture ? EvidenceKind.SCREEN_PRINT : EvidenceKind.ORIGINAL;
  return {
    key: crypto.randomUUID(),
    fileName: file.name.replace(NOT_IN_A_NAME, "_"),
    mediaType: file.type,
    size: file.size,
    typed: { kind: String(kind) },
  };
}

// Under which its bytes are kept with the drafts.
export function bytesName(key: string): string {
  return `file/${key}`;
}
