import { hexOf } from "../words/hex.js";
import { type Bytes, openFrom, randomBytes, type Sealed, sealFor, utf8 } from "./sealed.js";

// As OWASP has it for PBKDF2 with SHA-256; 0.2 s on a school laptop, once at sign-in.
const ROUNDS = 600_000;

// Passwords that were tried since somebody last signed in here. Whoever is refused four times
// has signed in again since, or has lost the password.
const OPENERS_MAX = 5;

const SECRET_SIZE = 64;

// What seals drafts, and what makes the names of their rows.
export interface Keys {
  id: string;
  seal: CryptoKey;
  naming: CryptoKey;
}

// The secret that keys are made of, sealed with one password.
interface Opener extends Sealed {
  salt: Bytes;
  rounds: number;
}

// The secret is random and stays the same when the password changes: no draft is sealed anew,
// and other tabs notice nothing. It opens with each of a few passwords, because nobody knows
// which one is right after an answer of the server was lost.
export interface DraftLock {
  // The newest last.
  openers: readonly Opener[];
  // When somebody last signed in with it, by the server's clock.
  savedAt: number;
}

export interface OpenedLock {
  secret: Bytes;
  by: Opener;
}

async function keyOf(password: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey("raw", utf8(password), "PBKDF2", false, [
    "deriveKey",
  ]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations },
    typed,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

async function openerFor(rowName: string, secret: Bytes, password: string): Promise<Opener> {
  const salt = randomBytes(16);
  const key = await keyOf(password, salt, ROUNDS);
  return { ...(await sealFor(rowName, key, secret)), salt, rounds: ROUNDS };
}

export async function makeLock(
  rowName: string,
  password: string,
  now: number,
): Promise<{ lock: DraftLock; secret: Bytes }> {
  const secret = randomBytes(SECRET_SIZE);
  const opener = await openerFor(rowName, secret, password);
  return { lock: { openers: [opener], savedAt: now }, secret };
}

export async function openLock(
  rowName: string,
  lock: DraftLock,
  password: string,
): Promise<OpenedLock | undefined> {
  for (const by of [...lock.openers].reverse()) {
    const secret = await openFrom(rowName, await keyOf(password, by.salt, by.rounds), by);
    if (secret !== undefined) return { secret, by };
  }
  return undefined;
}

// Opens with this password as well. The one by which it was opened stays, and of the others
// the newest.
export async function withOpener(
  rowName: string,
  lock: DraftLock,
  opened: OpenedLock,
  password: string,
): Promise<DraftLock> {
  // The store gives another object at each reading.
  const salt = hexOf(opened.by.salt);
  const others = lock.openers.filter((one) => hexOf(one.salt) !== salt).slice(2 - OPENERS_MAX);
  const added = await openerFor(rowName, opened.secret, password);
  return { ...lock, openers: [opened.by, ...others, added] };
}

export async function keysFrom(id: string, secret: Bytes): Promise<Keys> {
  const hmac = { name: "HMAC", hash: "SHA-256" };
  return {
    id,
    seal: await crypto.subtle.importKey("raw", secret.slice(0, 32), "AES-GCM", false, [
      "encrypt",
      "decrypt",
    ]),
    naming: await crypto.subtle.importKey("raw", secret.slice(32), hmac, false, ["sign"]),
  };
}
