import { sha256 } from "@noble/hashes/sha2.js";
import { bytesOf } from "./readable.js";

const READ_BYTES = 1024 ** 2;

// SHA-256 of a file that need not fit into memory, read piece by piece.
export async function sha256Of(file: Blob): Promise<Uint8Array> {
  const hash = sha256.create();
  for (let offset = 0; offset < file.size; offset += READ_BYTES) {
    hash.update(await bytesOf(file.slice(offset, offset + READ_BYTES)));
  }
  return hash.digest();
}
