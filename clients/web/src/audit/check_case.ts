import { RecordHeaderSchema, RecordSchema } from "@api/log/v1/record_pb.js";
import { AuditService, type HistoryEntry } from "@api/v1/audit_service_pb.js";
import { fromBinary } from "@bufbuild/protobuf";
import { client } from "../api/client.js";
import { everyPage } from "../api/every_page.js";
import { isInTree, leafHash } from "./consistency.js";
import { checkLog } from "./kept_checkpoint.js";

export type CaseVerdict =
  | { kind: "whole"; records: number; treeSize: bigint; positions: readonly bigint[] }
  | { kind: "cannot-check" }
  | { kind: "not-whole"; what: string };

const notWhole = (what: string): CaseVerdict => ({ kind: "not-whole", what });

// What the record says of itself: the place in the log, the place in the case, and the case.
function placeOf(entry: HistoryEntry) {
  const record = fromBinary(RecordSchema, entry.record);
  const header = fromBinary(RecordHeaderSchema, record.header);
  return { position: record.position, revision: record.revision, stream: header.stream };
}

// A gap, a second record in one place, or one of another case.
export function faultInOrder(entries: readonly HistoryEntry[], caseRef: string): string {
  const stream = `case-${caseRef.replaceAll("-", "")}`;
  let before = -1n;
  for (const [index, entry] of entries.entries()) {
    const place = placeOf(entry);
    if (place.revision !== BigInt(index) + 1n) return `Record ${index + 1} of the case is missing.`;
    if (place.position !== entry.position || place.position <= before) {
      return `Record ${index + 1} of the case is not where it should be in the log.`;
    }
    if (place.stream !== stream) return `Record ${index + 1} is of another case.`;
    before = place.position;
  }
  return "";
}

// Checks in this browser that every record of a case stands unchanged in the signed log, and
// that none is missing between them. That the records were read is recorded by the server.
export async function checkCase(
  schoolId: string,
  caseRef: string,
  onProgress: (done: number, of: number) => void,
): Promise<CaseVerdict> {
  const entries = await everyPage(
    (pageToken) => client(AuditService).getHistory({ caseRef, pageSize: 200, pageToken }),
    (page) => page.entries,
  );
  // After the records, so that its tree holds all of them.
  const log = await checkLog(schoolId);
  if (log.kind === "cannot-check") return log;
  if (log.kind === "not-whole") return notWhole(log.what);
  const tree = log.newest;
  const fault = faultInOrder(entries, caseRef);
  if (fault !== "") return notWhole(fault);
  for (const [index, entry] of entries.entries()) {
    const { proof } = await client(AuditService).getInclusionProof({
      position: entry.position,
      treeSize: tree.size,
    });
    const leaf = await leafHash(entry.record);
    if (!(await isInTree(leaf, entry.position, tree, proof?.hashes ?? []))) {
      return notWhole(`Record ${index + 1} of the case is not in the signed log as it was shown.`);
    }
    onProgress(index + 1, entries.length);
  }
  return {
    kind: "whole",
    records: entries.length,
    treeSize: tree.size,
    positions: entries.map((entry) => entry.position),
  };
}
