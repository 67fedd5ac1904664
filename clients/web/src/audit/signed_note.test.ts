import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fingerprintOf, openCheckpoint, parseVerifierKey } from "./signed_note.js";

// The example that the storage documents and its own test signs.
const README = readFileSync("../../storage/checkpoint/README.md", "utf8");
const NOTE = /```\n(wardbook\.example\/[^`]*)```/.exec(README)?.[1] ?? "";
const KEY = /^wardbook\.example\+.*$/m.exec(README)?.[0] ?? "";

async function opened(key: string, note: string) {
  const parsed = await parseVerifierKey(key);
  if (parsed === undefined) throw new Error("no key");
  return openCheckpoint(parsed, note);
}

test("a checkpoint that the storage signs is opened", async () => {
  expect(NOTE).toContain("—");
  const checkpoint = await opened(KEY, NOTE);
  expect(checkpoint?.origin).toBe("wardbook.example/00112233445566778899aabbccddeeff");
  expect(checkpoint?.size).toBe(8n);
  expect(checkpoint?.root.length).toBe(32);
});

test.each([
  ["another size", NOTE.replace("\n8\n", "\n9\n")],
  ["another origin", NOTE.replace("wardbook.example/00", "wardbook.example/01")],
  ["no signature", NOTE.slice(0, NOTE.indexOf("—"))],
  ["a signature of somebody else alone", NOTE.replace("— wardbook.example", "— other.example")],
  [
    "a false signature beside a true one",
    `${NOTE}${NOTE.slice(NOTE.indexOf("—")).replace("iAs=", "iAo=")}`,
  ],
])("a note with %s is refused", async (_, note) => {
  expect(note).not.toBe(NOTE);
  expect(await opened(KEY, note)).toBeUndefined();
});

test("a key whose hash is not its own is no key", async () => {
  expect(await parseVerifierKey(KEY.replace("9c51752d", "9c51752e"))).toBeUndefined();
});

test("a fingerprint is the one that a bundle shows", async () => {
  const digits = createHash("sha256").update(KEY).digest("hex").slice(0, 32);
  const fingerprint = await fingerprintOf(`${KEY}\n`);
  expect(fingerprint).toMatch(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/);
  expect(fingerprint.replaceAll(" ", "")).toBe(digits);
});
