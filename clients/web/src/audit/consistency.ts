import { equalBytes } from "./signed_note.js";

type Bytes = Uint8Array<ArrayBuffer>;

const LEAF = 0x00;
const NODE = 0x01;
const HASH_BYTES = 32;

// Who may choose how long a hash is can sign a newer tree that cuts the bytes of an older one
// elsewhere, and the proof would hold.
function areHashes(proof: readonly Uint8Array[]): boolean {
  return proof.every((hash) => hash.length === HASH_BYTES);
}

function joined(...parts: Uint8Array[]): Bytes {
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export async function leafHash(record: Uint8Array): Promise<Bytes> {
  const bytes = joined(Uint8Array.of(LEAF), record);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

async function nodeHash(left: Uint8Array, right: Uint8Array): Promise<Bytes> {
  const bytes = joined(Uint8Array.of(NODE), left, right);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

export interface Tree {
  size: bigint;
  root: Uint8Array;
}

const isOdd = (number: bigint) => (number & 1n) === 1n;
const isPowerOfTwo = (number: bigint) => (number & (number - 1n)) === 0n;

// Whether the older tree is a prefix of the newer one, as RFC 6962, 2.1.2, has it: nothing
// was removed, changed or put in between.
export async function isPrefix(
  older: Tree,
  newer: Tree,
  proof: readonly Uint8Array[],
): Promise<boolean> {
  if (older.size > newer.size || !areHashes(proof)) return false;
  if (older.size === newer.size) return proof.length === 0 && equalBytes(older.root, newer.root);
  if (older.size === 0n) return proof.length === 0;
  const rest = [...proof];
  const first = isPowerOfTwo(older.size) ? older.root : rest.shift();
  if (first === undefined) return false;
  let node = older.size - 1n;
  let last = newer.size - 1n;
  while (isOdd(node)) {
    node >>= 1n;
    last >>= 1n;
  }
  let oldHash: Uint8Array = first;
  let newHash: Uint8Array = first;
  for (const sibling of rest) {
    if (last === 0n) return false;
    if (isOdd(node) || node === last) {
      oldHash = await nodeHash(sibling, oldHash);
      newHash = await nodeHash(sibling, newHash);
      while (!isOdd(node) && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      newHash = await nodeHash(newHash, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  return last === 0n && equalBytes(oldHash, older.root) && equalBytes(newHash, newer.root);
}

// Whether the leaf stands at this index of the tree, as RFC 9162, 2.1.3.2, has it.
export async function isInTree(
  leaf: Uint8Array,
  index: bigint,
  tree: Tree,
  proof: readonly Uint8Array[],
): Promise<boolean> {
  if (index >= tree.size || !areHashes(proof)) return false;
  let node = index;
  let last = tree.size - 1n;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0n) return false;
    if (isOdd(node) || node === last) {
      hash = await nodeHash(sibling, hash);
      while (!isOdd(node) && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = await nodeHash(hash, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  return last === 0n && equalBytes(hash, tree.root);
}
