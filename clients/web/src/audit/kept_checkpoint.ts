import { AuditService } from "@api/v1/audit_service_pb.js";
import { client } from "../api/client.js";
import { isPrefix } from "./consistency.js";
import { type Checkpoint, openCheckpoint, parseVerifierKey } from "./signed_note.js";

// A checkpoint as this browser keeps it: a size, a hash and a key, and nothing of anybody.
export interface KeptCheckpoint {
  key: string;
  note: string;
  // When this browser saw its first checkpoint, to which every later one was shown to lead
  // back, and when it saw this one.
  firstSeenAt: number;
  seenAt: number;
}

export type Verdict =
  | { kind: "first"; newest: Checkpoint; key: string }
  | {
      kind: "whole";
      before: Checkpoint;
      newest: Checkpoint;
      firstSeenAt: number;
      seenAt: number;
      key: string;
    }
  | { kind: "not-whole"; what: string; next: string };

const TELL =
  "Keep this browser as it is, and tell the Chair of Governors and whoever runs the server.";

const nameOf = (schoolId: string) => `wardbook-checkpoint/${schoolId}`;

export function keptCheckpoint(schoolId: string): KeptCheckpoint | undefined {
  const text = localStorage.getItem(nameOf(schoolId));
  return text === null ? undefined : (JSON.parse(text) as KeptCheckpoint);
}

// For a log that was restored from a backup: from then on it is watched anew.
export function forgetCheckpoint(schoolId: string): void {
  localStorage.removeItem(nameOf(schoolId));
}

function keep(schoolId: string, kept: KeptCheckpoint): void {
  localStorage.setItem(nameOf(schoolId), JSON.stringify(kept));
}

async function open(keyText: string, note: string, schoolId: string) {
  const key = await parseVerifierKey(keyText);
  if (key === undefined) return undefined;
  const checkpoint = await openCheckpoint(key, note);
  // A checkpoint of another school is as good as none.
  return checkpoint?.origin === `${key.name}/${schoolId}` ? checkpoint : undefined;
}

const notWhole = (what: string): Verdict => ({ kind: "not-whole", what, next: TELL });

// Checks the newest checkpoint of the server against the one that this browser saw last, and
// keeps it if all is well.
export async function checkLog(schoolId: string): Promise<Verdict> {
  const answer = await client(AuditService).getCheckpoint({});
  const newest = await open(answer.verifierKey, answer.checkpoint, schoolId);
  if (newest === undefined) {
    return notWhole("The server’s checkpoint is not signed with its key, or is of another log.");
  }
  const key = answer.verifierKey.trim();
  const kept = keptCheckpoint(schoolId);
  const now = Date.now();
  if (kept === undefined) {
    keep(schoolId, { key, note: answer.checkpoint, firstSeenAt: now, seenAt: now });
    return { kind: "first", newest, key };
  }
  if (kept.key !== key) {
    return notWhole("The server signs with another key than when this browser last looked.");
  }
  const before = await open(kept.key, kept.note, schoolId);
  if (before === undefined)
    return notWhole("The checkpoint in this browser is not as it was kept.");
  if (newest.size < before.size) {
    return notWhole(
      `The log had ${before.size} records when this browser last looked, and now has ` +
        `${newest.size}. Records are gone.`,
    );
  }
  const sizes = { oldSize: before.size, newSize: newest.size };
  const proof =
    before.size === newest.size
      ? []
      : ((await client(AuditService).getConsistencyProof(sizes)).proof?.hashes ?? []);
  if (!(await isPrefix(before, newest, proof))) {
    return notWhole(
      `The log is not the one that this browser saw: its first ${before.size} records are ` +
        "not shown to be the same.",
    );
  }
  const { firstSeenAt, seenAt } = kept;
  keep(schoolId, { key, note: answer.checkpoint, firstSeenAt, seenAt: now });
  return { kind: "whole", before, newest, firstSeenAt, seenAt, key };
}
