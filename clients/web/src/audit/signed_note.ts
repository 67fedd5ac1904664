// Checkpoints are C2SP signed notes: three lines, an empty one, and signatures. They are
// checked here, because who audits a server does not believe what it says of itself.

import { hexOf } from "../words/hex.js";

type Bytes = Uint8Array<ArrayBuffer>;

const ED25519 = 0x01;
const KEY_BYTES = 32;
const HASH_BYTES = 4;
const SIGNATURE_BYTES = 64;

export interface VerifierKey {
  name: string;
  hash: Bytes;
  publicKey: Bytes;
}

export interface Checkpoint {
  origin: string;
  size: bigint;
  root: Bytes;
}

function bytesOfBase64(text: string): Bytes | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0)) as Bytes;
  } catch {
    return undefined;
  }
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

async function hashOfKey(name: string, publicKey: Bytes): Promise<Bytes> {
  const text = new TextEncoder().encode(`${name}\n`);
  const bytes = new Uint8Array([...text, ED25519, ...publicKey]);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).slice(0, HASH_BYTES);
}

// NAME+HASH+BASE64; nothing for what is no such key.
export async function parseVerifierKey(text: string): Promise<VerifierKey | undefined> {
  const [name = "", hashText = "", ...rest] = text.trim().split("+");
  // Base64 may have a plus sign itself.
  const key = bytesOfBase64(rest.join("+"));
  if (key === undefined || key.length !== KEY_BYTES + 1 || key[0] !== ED25519) return undefined;
  const publicKey = key.slice(1) as Bytes;
  const hash = await hashOfKey(name, publicKey);
  return hexOf(hash) === hashText ? { name, hash, publicKey } : undefined;
}

const FINGERPRINT_DIGITS = 32;

// What people compare of a key, as a bundle shows it: the first 16 bytes of SHA-256 of its text.
export async function fingerprintOf(verifierKey: string): Promise<string> {
  const text = new TextEncoder().encode(verifierKey.trim());
  const hash = hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", text)));
  return (hash.slice(0, FINGERPRINT_DIGITS).match(/.{4}/g) ?? []).join(" ");
}

function checkpointOf(text: string): Checkpoint | undefined {
  const [origin = "", sizeText = "", rootText = "", ...rest] = text.split("\n");
  const root = bytesOfBase64(rootText);
  // Who skips lines that they do not understand vouches for what they have not read.
  if (rest.length !== 1 || rest[0] !== "" || root?.length !== KEY_BYTES) return undefined;
  if (!/^(0|[1-9][0-9]{0,18})$/.test(sizeText)) return undefined;
  return { origin, size: BigInt(sizeText), root };
}

// The browser is too old for Ed25519: whether a note is signed cannot be told.
export class CannotVerifyError extends Error {}

async function importedKey({ publicKey }: VerifierKey): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]);
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotSupportedError") {
      throw new CannotVerifyError();
    }
    throw error;
  }
}

// The checkpoint of a note that is signed with this key; nothing for any other.
export async function openCheckpoint(
  key: VerifierKey,
  note: string,
): Promise<Checkpoint | undefined> {
  const end = note.lastIndexOf("\n\n");
  if (end === -1) return undefined;
  const text = note.slice(0, end + 1);
  const signed = new TextEncoder().encode(text) as Bytes;
  const publicKey = await importedKey(key);
  let isSigned = false;
  for (const line of note.slice(end + 2).split("\n")) {
    const [dash, name, signature] = line.split(" ");
    const bytes = bytesOfBase64(signature ?? "");
    if (dash !== "—" || name !== key.name || bytes?.length !== HASH_BYTES + SIGNATURE_BYTES) {
      continue;
    }
    if (!equalBytes(bytes.slice(0, HASH_BYTES), key.hash)) continue;
    // A false signature under the own name refuses the whole note, even beside a true one.
    const isTrue = await crypto.subtle.verify(
      "Ed25519",
      publicKey,
      bytes.slice(HASH_BYTES) as Bytes,
      signed,
    );
    if (!isTrue) return undefined;
    isSigned = true;
  }
  return isSigned ? checkpointOf(text) : undefined;
}
