import { IncidentKind } from "@api/events/v1/values_pb.js";
import { AuditService } from "@api/v1/audit_service_pb.js";
import type { ConnectRouter } from "@connectrpc/connect";
import { ago } from "./moments.js";

const NAME = "demo.wardbook.example";
const SCHOOL = "00".repeat(16);

const utf8 = (text: string) => new TextEncoder().encode(text);
const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));

const KEPT = "look-key";

// The key lives as long as the browser, so that a page can be looked at again.
async function signingKey() {
  const kept = localStorage.getItem(KEPT);
  if (kept === null) {
    const made = (await crypto.subtle.generateKey("Ed25519", true, ["sign"])) as CryptoKeyPair;
    localStorage.setItem(
      KEPT,
      JSON.stringify(await crypto.subtle.exportKey("jwk", made.privateKey)),
    );
    return signingKey();
  }
  const jwk = JSON.parse(kept) as JsonWebKey;
  const raw = atob((jwk.x ?? "").replaceAll("-", "+").replaceAll("_", "/"));
  return {
    raw: Uint8Array.from(raw, (character) => character.charCodeAt(0)),
    privateKey: await crypto.subtle.importKey("jwk", jwk, "Ed25519", false, ["sign"]),
  };
}

// A log of eight records; of fewer where the page is asked for with "?shorter".
async function signedCheckpoint() {
  const { raw, privateKey } = await signingKey();
  const size = new URLSearchParams(location.search).has("shorter") ? 5 : 8;
  const typed = new Uint8Array([1, ...raw]);
  const named = new Uint8Array([...utf8(`${NAME}\n`), ...typed]);
  const id = new Uint8Array(await crypto.subtle.digest("SHA-256", named)).slice(0, 4);
  const text = `${NAME}/${SCHOOL}\n${size}\n${base64(new Uint8Array(32).fill(7))}\n`;
  const signature = await crypto.subtle.sign("Ed25519", privateKey, utf8(text));
  const signed = new Uint8Array([...id, ...new Uint8Array(signature)]);
  const hex = [...id].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return {
    verifierKey: `${NAME}+${hex}+${base64(typed)}`,
    checkpoint: `${text}\n— ${NAME} ${base64(signed)}\n`,
  };
}

export const COUNTS = [
  { kind: IncidentKind.CYBER_BULLYING, open: 2, closed: 5, referred: 1 },
  { kind: IncidentKind.SELF_REPORT, open: 0, closed: 3, referred: 0 },
];

export function inventedAudit({ service }: ConnectRouter) {
  let signed: ReturnType<typeof signedCheckpoint> | undefined;
  service(AuditService, {
    getCheckpoint: () => {
      signed ??= signedCheckpoint();
      return signed;
    },
    listRefusals: () => ({
      entries: [
        {
          recordedTime: ago(2),
          actorName: "Priya Nair",
          what: "was refused CaseService.GetCase",
          position: 41n,
          refused: { command: "CaseService.GetCase", reason: "R-NO-SUCH-CASE", clauses: ["P46"] },
        },
      ],
      recordedCount: 3n,
      countedCount: 0n,
    }),
  });
}
