import { createHash } from "node:crypto";
import { AccessService } from "@api/v1/access_service_pb.js";
import { AuditService } from "@api/v1/audit_service_pb.js";
import { expect, test } from "vitest";
import { answerWith, sessionOf } from "../testing/server_double.js";
import { BundleBrokenError, fingerprintOf, receiveBundle } from "./receive_bundle.js";

const REF = "WB-7K4D-9QX2";
const KEY = "wardbook.fernhill.example+639ef857+AV3dtzOM8kZT19eqIn6RRiso4EQg3Wsgu4GWzCGFgDwt";

function bundleOf(caseRef: string): Buffer {
  const body = Buffer.concat([
    Buffer.from([0x50, 0x4b, 0xff, 0x00]),
    Buffer.from(`wardbook bundle v1\norigin o\nkey ${KEY}\ncase ${caseRef}\nexported now\n`),
    Buffer.alloc(300, 0xee),
  ]);
  const hash = createHash("sha256").update(body).digest("hex");
  return Buffer.concat([body, Buffer.from(`sha256:${hash}`)]);
}

function sends(bytes: Buffer) {
  const purposes: string[] = [];
  answerWith(({ service }) => {
    service(AccessService, { getSession: () => ({ session: sessionOf() }) });
    service(AuditService, {
      exportBundle: async function* ({ purpose }) {
        purposes.push(purpose);
        for (let at = 0; at < bytes.length; at += 100) {
          yield { data: new Uint8Array(bytes.subarray(at, at + 100)) };
        }
      },
    });
  });
  return purposes;
}

test("a bundle that arrived whole is given with the fingerprint of its key", async () => {
  const sent = bundleOf(REF);
  const purposes = sends(sent);
  const progress: number[] = [];
  const { bytes, fingerprint } = await receiveBundle(REF, "For the officer", (received) =>
    progress.push(received),
  );
  expect(Buffer.from(bytes).equals(sent)).toBe(true);
  expect(purposes).toEqual(["For the officer"]);
  expect(progress.at(-1)).toBe(sent.length);
  expect(fingerprint).toBe(await fingerprintOf(KEY));
  expect(fingerprint).toMatch(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/);
});

test("one byte that changed on the way is told, and nothing is given", async () => {
  const sent = bundleOf(REF);
  sent[2] = (sent[2] ?? 0) ^ 1;
  sends(sent);
  await expect(receiveBundle(REF, "x", () => {})).rejects.toBeInstanceOf(BundleBrokenError);
});

test("a file without its end is no bundle", async () => {
  sends(bundleOf(REF).subarray(0, 200));
  await expect(receiveBundle(REF, "x", () => {})).rejects.toBeInstanceOf(BundleBrokenError);
});

test("the bundle of another case is refused", async () => {
  sends(bundleOf("WB-0000-0002"));
  await expect(receiveBundle(REF, "x", () => {})).rejects.toBeInstanceOf(BundleBrokenError);
});
