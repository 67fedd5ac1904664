import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { isInTree, isPrefix, leafHash } from "./consistency.js";

const sha256 = (...parts: Uint8Array[]) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};
const leaf = (index: number) => sha256(Uint8Array.of(0), Uint8Array.of(index));
const node = (left: Uint8Array, right: Uint8Array) => sha256(Uint8Array.of(1), left, right);

// The definitions of RFC 6962, written down as they stand there.
function split(size: number): number {
  let k = 1;
  while (2 * k < size) k *= 2;
  return k;
}

function root(from: number, to: number): Uint8Array {
  if (to - from === 1) return leaf(from);
  const k = split(to - from);
  return node(root(from, from + k), root(from + k, to));
}

function subproof(m: number, from: number, to: number, isWhole: boolean): Uint8Array[] {
  if (m === to - from) return isWhole ? [] : [root(from, to)];
  const k = split(to - from);
  if (m <= k) return [...subproof(m, from, from + k, isWhole), root(from + k, to)];
  return [...subproof(m - k, from + k, to, false), root(from, from + k)];
}

// The path of RFC 6962, 2.1.1.
function path(index: number, from: number, to: number): Uint8Array[] {
  if (to - from === 1) return [];
  const k = split(to - from);
  if (index < k) return [...path(index, from, from + k), root(from + k, to)];
  return [...path(index - k, from + k, to), root(from, from + k)];
}

const SIZE_MAX = 20;
const tree = (size: number) => ({ size: BigInt(size), root: root(0, size) });

test("every older tree is found to be a prefix of every newer one", async () => {
  for (let newSize = 1; newSize <= SIZE_MAX; newSize += 1) {
    for (let oldSize = 1; oldSize <= newSize; oldSize += 1) {
      const proof = subproof(oldSize, 0, newSize, true);
      expect([oldSize, newSize, await isPrefix(tree(oldSize), tree(newSize), proof)]).toEqual([
        oldSize,
        newSize,
        true,
      ]);
    }
  }
});

test("a changed record before the older size is found out", async () => {
  const forged = { size: 13n, root: node(root(0, 8), sha256(Uint8Array.of(7))) };
  expect(await isPrefix(tree(7), forged, subproof(7, 0, 13, true))).toBe(false);
});

test("a proof with a hash changed, dropped or added does not hold", async () => {
  const proof = subproof(7, 0, 13, true);
  for (let index = 0; index < proof.length; index += 1) {
    const flipped = proof.map((hash, at) => (at === index ? sha256(hash) : hash));
    expect(await isPrefix(tree(7), tree(13), flipped)).toBe(false);
    expect(await isPrefix(tree(7), tree(13), proof.toSpliced(index, 1))).toBe(false);
  }
  expect(await isPrefix(tree(7), tree(13), [...proof, leaf(1)])).toBe(false);
});

test("a log that became shorter is no longer the same", async () => {
  expect(await isPrefix(tree(13), tree(7), [])).toBe(false);
});

test("every record is found where it stands in the tree, and nowhere else", async () => {
  for (let size = 1; size <= SIZE_MAX; size += 1) {
    for (let index = 0; index < size; index += 1) {
      const proof = path(index, 0, size);
      const hash = await leafHash(Uint8Array.of(index));
      expect([size, index, await isInTree(hash, BigInt(index), tree(size), proof)]).toEqual([
        size,
        index,
        true,
      ]);
      const other = await leafHash(Uint8Array.of(index + 1));
      expect(await isInTree(other, BigInt(index), tree(size), proof)).toBe(false);
    }
  }
});

test("a path with a hash changed, dropped or added proves no record", async () => {
  const proof = path(5, 0, 13);
  const hash = await leafHash(Uint8Array.of(5));
  expect(await isInTree(hash, 4n, tree(13), proof)).toBe(false);
  expect(await isInTree(hash, 13n, tree(13), proof)).toBe(false);
  for (let index = 0; index < proof.length; index += 1) {
    const flipped = proof.map((one, at) => (at === index ? sha256(one) : one));
    expect(await isInTree(hash, 5n, tree(13), flipped)).toBe(false);
    expect(await isInTree(hash, 5n, tree(13), proof.toSpliced(index, 1))).toBe(false);
  }
  expect(await isInTree(hash, 5n, tree(13), [...proof, hash])).toBe(false);
});

test("bytes that move from one hash of a proof to the next prove nothing", async () => {
  const left = root(0, 2);
  const [c, d] = [leaf(2), leaf(3)];
  // Together they are the bytes of the two true hashes, so the older root comes out.
  const shorter = left.slice(0, 31);
  const longer = new Uint8Array([...left.slice(31), ...c]);
  const forged = { size: 4n, root: node(shorter, node(longer, d)) };
  expect(await isPrefix(tree(3), tree(4), [c, d, left])).toBe(true);
  expect(await isPrefix(tree(3), forged, [longer, d, shorter])).toBe(false);
});

test("a path with a hash of another length proves no record, whatever is signed", async () => {
  const hash = await leafHash(Uint8Array.of(1));
  const longer = new Uint8Array(40);
  expect(await isInTree(hash, 1n, { size: 2n, root: node(longer, hash) }, [longer])).toBe(false);
});
