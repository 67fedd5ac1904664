import { fingerprintOf } from "./signed_note.js";

// Spaces and line ends come in with what is copied from paper or an e-mail.
const plain = (text: string) => text.replace(/\s+/g, "");
const digits = (text: string) => text.replace(/[\s:-]+/g, "").toLowerCase();

export async function isFingerprintGiven(given: string, verifierKey: string): Promise<boolean> {
  return digits(given) === digits(await fingerprintOf(verifierKey));
}

// Whether what somebody was given is this key, or its fingerprint.
export async function isKeyGiven(given: string, verifierKey: string): Promise<boolean> {
  return plain(given) === plain(verifierKey) || (await isFingerprintGiven(given, verifierKey));
}
