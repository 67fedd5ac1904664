import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { hexOf } from "../words/hex.js";
import { BlobOfParts } from "./blob_of_parts.js";
import { sha256Of } from "./sha256.js";

const MIB = 1024 ** 2;
const bytes = (size: number) => Uint8Array.from({ length: size }, (_, index) => index % 251);
const expected = (of: Uint8Array) => createHash("sha256").update(of).digest("hex");

test.each([0, 1, MIB - 1, MIB, 2 * MIB + 1])(
  "the hash of a file of %d bytes is that of all its bytes in order",
  async (size) => {
    const content = bytes(size);
    expect(hexOf(await sha256Of(new Blob([content])))).toBe(expected(content));
  },
);

test("a file in pieces is whole and in order, and pieces are handed over", async () => {
  const content = bytes(9 * MIB);
  const parts = new BlobOfParts();
  for (let at = 0; at < content.length; at += 100_000) {
    parts.add(content.slice(at, at + 100_000));
  }
  const whole = parts.whole("image/png");
  expect([whole.size, whole.type]).toEqual([content.length, "image/png"]);
  expect(hexOf(await sha256Of(whole))).toBe(expected(content));
});
