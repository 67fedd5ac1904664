import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { AuditService } from "@api/v1/audit_service_pb.js";
import { answerWith } from "./server_double.js";

export const SCHOOL = "00112233445566778899aabbccddeeff";
const NAME = "wardbook.example";

export interface SignedTree {
  size: number;
  root: Uint8Array;
}

export const sha256 = (...parts: Uint8Array[]) =>
  createHash("sha256").update(Buffer.concat(parts)).digest();
export const leaf = (text: string) => sha256(Uint8Array.of(0), Buffer.from(text));
export const node = (left: Uint8Array, right: Uint8Array) => sha256(Uint8Array.of(1), left, right);

// Signs checkpoints as a server does, with a key of its own.
export function signer() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  const typed = Buffer.concat([Uint8Array.of(1), raw]);
  const id = sha256(Buffer.from(`${NAME}\n`), typed).subarray(0, 4);
  return {
    verifierKey: `${NAME}+${id.toString("hex")}+${typed.toString("base64")}`,
    note({ size, root }: SignedTree, school = SCHOOL) {
      const text = `${NAME}/${school}\n${size}\n${Buffer.from(root).toString("base64")}\n`;
      const signature = Buffer.concat([id, sign(null, Buffer.from(text), privateKey)]);
      return `${text}\n— ${NAME} ${signature.toString("base64")}\n`;
    },
  };
}

export const KEY = signer();

const [a, b, c] = [leaf("a"), leaf("b"), leaf("c")];
export const ONE = { size: 1, root: a };
export const TWO = { size: 2, root: node(a, b) };
export const THREE = { size: 3, root: node(node(a, b), c) };
// Two records as well, of which the first is another one.
export const OTHER_TWO = { size: 2, root: node(c, b) };
export const OTHER_THREE = { size: 3, root: node(node(c, b), c) };
// What leads from ONE to TWO, and from TWO to THREE.
export const TO_TWO = [b];
export const TO_THREE = [c];

export function serve(tree: SignedTree, proof: Uint8Array[] = [], by = KEY): void {
  answerWith(({ service }) =>
    service(AuditService, {
      getCheckpoint: () => ({ checkpoint: by.note(tree), verifierKey: by.verifierKey }),
      getConsistencyProof: () => ({ proof: { hashes: proof.map((hash) => new Uint8Array(hash)) } }),
    }),
  );
}
