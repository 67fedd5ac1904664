import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { AuditService } from "@api/v1/audit_service_pb.js";
import { beforeEach, expect, test, vi } from "vitest";
import { answerWith } from "../testing/server_double.js";
import { checkLog, forgetCheckpoint, keptAlarms } from "./kept_checkpoint.js";

const SCHOOL = "00112233445566778899aabbccddeeff";
const NAME = "wardbook.example";

const sha256 = (...parts: Uint8Array[]) =>
  createHash("sha256").update(Buffer.concat(parts)).digest();
const leaf = (text: string) => sha256(Uint8Array.of(0), Buffer.from(text));
const node = (left: Uint8Array, right: Uint8Array) => sha256(Uint8Array.of(1), left, right);

function signer() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  const typed = Buffer.concat([Uint8Array.of(1), raw]);
  const id = sha256(Buffer.from(`${NAME}\n`), typed).subarray(0, 4);
  return {
    verifierKey: `${NAME}+${id.toString("hex")}+${typed.toString("base64")}`,
    note(size: number, root: Uint8Array, school = SCHOOL) {
      const text = `${NAME}/${school}\n${size}\n${Buffer.from(root).toString("base64")}\n`;
      const signature = Buffer.concat([id, sign(null, Buffer.from(text), privateKey)]);
      return `${text}\n— ${NAME} ${signature.toString("base64")}\n`;
    },
  };
}

const key = signer();
const [a, b, c] = [leaf("a"), leaf("b"), leaf("c")];
const ONE = { size: 1, root: a };
const TWO = { size: 2, root: node(a, b) };
const THREE = { size: 3, root: node(node(a, b), c) };

function serve(tree: { size: number; root: Uint8Array }, proof: Uint8Array[] = [], by = key) {
  answerWith(({ service }) =>
    service(AuditService, {
      getCheckpoint: () => ({
        checkpoint: by.note(tree.size, tree.root),
        verifierKey: by.verifierKey,
      }),
      getConsistencyProof: () => ({ proof: { hashes: proof.map((hash) => new Uint8Array(hash)) } }),
    }),
  );
}

beforeEach(() => localStorage.clear());

test("a log that only grows is whole since this browser saw it first", async () => {
  serve(ONE);
  expect((await checkLog(SCHOOL)).kind).toBe("first");
  serve(TWO, [b]);
  const second = await checkLog(SCHOOL);
  serve(THREE, [c]);
  const third = await checkLog(SCHOOL);
  if (second.kind !== "whole" || third.kind !== "whole") throw new Error("not whole");
  expect([second.before.size, third.before.size, third.newest.size]).toEqual([1n, 2n, 3n]);
  expect(third.firstSeenAt).toBe(second.firstSeenAt);
});

test.each([
  ["has lost records", () => serve(ONE), "Records are gone"],
  ["has another record in an old place", () => serve({ size: 2, root: node(c, b) }), "the same"],
  [
    "has grown out of another past",
    () => serve({ size: 3, root: node(node(c, b), c) }, [c]),
    "the same",
  ],
  ["is signed with another key", () => serve(TWO, [], signer()), "another key"],
])("a log that %s is not whole", async (_, serveNext, what) => {
  serve(TWO);
  await checkLog(SCHOOL);
  serveNext();
  const verdict = await checkLog(SCHOOL);
  expect(verdict.kind === "not-whole" && verdict.what).toContain(what);
  // And it stays so: what was kept is kept.
  expect((await checkLog(SCHOOL)).kind).toBe("not-whole");
  serve(TWO);
  expect((await checkLog(SCHOOL)).kind).toBe("whole");
});

test("the checkpoint of another school is refused", async () => {
  answerWith(({ service }) =>
    service(AuditService, {
      getCheckpoint: () => ({
        checkpoint: key.note(1, a, "ff".repeat(16)),
        verifierKey: key.verifierKey,
      }),
    }),
  );
  expect((await checkLog(SCHOOL)).kind).toBe("not-whole");
});

test("the two notes of an alarm are kept once, and stay when the log is watched anew", async () => {
  serve(TWO);
  await checkLog(SCHOOL);
  serve(ONE);
  const verdict = await checkLog(SCHOOL);
  await checkLog(SCHOOL);
  expect(verdict.kind === "not-whole" && verdict.mayStartAnew).toBe(true);
  forgetCheckpoint(SCHOOL);
  const [alarm, ...others] = keptAlarms(SCHOOL);
  expect(others).toEqual([]);
  expect(alarm?.kept?.note).toBe(key.note(2, TWO.root));
  expect(alarm?.given.note).toBe(key.note(1, ONE.root));
});

test("another key is no reason to watch the log anew", async () => {
  serve(TWO);
  await checkLog(SCHOOL);
  serve(TWO, [], signer());
  const verdict = await checkLog(SCHOOL);
  expect(verdict.kind === "not-whole" && verdict.mayStartAnew).toBe(false);
});

test("a browser that cannot check signatures raises no alarm", async () => {
  serve(ONE);
  vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(
    new DOMException("Unrecognized name", "NotSupportedError"),
  );
  expect(await checkLog(SCHOOL)).toEqual({ kind: "cannot-check" });
  expect(keptAlarms(SCHOOL)).toEqual([]);
});

test("the log is checked by one tab after the other", async () => {
  serve(ONE);
  const request = vi.fn((_: string, check: () => Promise<unknown>) => check());
  vi.stubGlobal("navigator", { locks: { request } });
  try {
    await checkLog(SCHOOL);
  } finally {
    vi.unstubAllGlobals();
  }
  expect(request.mock.calls.map(([name]) => name)).toEqual([`wardbook-check-log/${SCHOOL}`]);
});
