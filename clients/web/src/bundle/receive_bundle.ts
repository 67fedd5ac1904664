import { AuditService } from "@api/v1/audit_service_pb.js";
import { client } from "../api/client.js";
import { hexOf } from "../words/hex.js";

// What a browser takes: it holds the file in memory to check it before it is saved. A case with
// long videos is exported with the command line.
export const BUNDLE_SIZE_MAX = 256 * 1024 ** 2;

// The archive comment is "sha256:" and 64 hexadecimal digits over all bytes before it.
const COMMENT_SIZE = 71;
// The manifest is the last entry, and has some 150 bytes for each file.
const MANIFEST_WITHIN = 1024 ** 2;

export class BundleTooLargeError extends Error {}
// What arrived is not what the server sent.
export class BundleBrokenError extends Error {}

export interface ReceivedBundle {
  bytes: Uint8Array<ArrayBuffer>;
  // Of the key that signed it: eight groups of four digits, for people to compare.
  fingerprint: string;
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

export async function fingerprintOf(verifierKey: string): Promise<string> {
  const hash = await sha256(new TextEncoder().encode(verifierKey));
  return (hexOf(hash.subarray(0, 16)).match(/.{4}/g) ?? []).join(" ");
}

// Whether every byte arrived, and by whose key it is signed. All that it proves is for
// `wardbook verify`, which needs no browser and no server.
async function examine(bytes: Uint8Array<ArrayBuffer>, caseRef: string): Promise<ReceivedBundle> {
  const body = bytes.subarray(0, Math.max(0, bytes.length - COMMENT_SIZE));
  const text = new TextDecoder("latin1");
  const comment = text.decode(bytes.subarray(body.length));
  if (comment !== `sha256:${hexOf(await sha256(body))}`) throw new BundleBrokenError("comment");
  const tail = text.decode(body.subarray(Math.max(0, body.length - MANIFEST_WITHIN)));
  const manifest = tail.slice(tail.lastIndexOf("wardbook bundle v1\n"));
  const key = /\nkey (\S+)\n/.exec(manifest)?.[1];
  if (key === undefined || !manifest.includes(`\ncase ${caseRef}\n`)) {
    throw new BundleBrokenError("manifest");
  }
  return { bytes, fingerprint: await fingerprintOf(key) };
}

// Gives the case as one file. That it was exported is recorded by the server first.
export async function receiveBundle(
  caseRef: string,
  purpose: string,
  onProgress: (received: number) => void,
): Promise<ReceivedBundle> {
  const parts: Uint8Array[] = [];
  let received = 0;
  const stream = client(AuditService).exportBundle({ caseRef, purpose }, { timeoutMs: 0 });
  for await (const { data } of stream) {
    received += data.length;
    if (received > BUNDLE_SIZE_MAX) throw new BundleTooLargeError("too large for a browser");
    parts.push(data);
    onProgress(received);
  }
  return examine(joined(parts, received), caseRef);
}
