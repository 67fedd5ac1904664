import type { EvidenceFiled } from "@api/events/v1/case_event_pb.js";
import type { CaseFile } from "@api/v1/case_pb.js";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { hexOf } from "../words/hex.js";

export interface EvidenceItem {
  id: string;
  filed: EvidenceFiled;
  revision: bigint;
  filedBy: string;
  filedById: string;
  filedTime: Timestamp | undefined;
  // What was said of it afterwards.
  remarks: string[];
  // The name of the file that stands in its place.
  supersededBy?: string;
}

// The files of a case, with what was added to each of them later.
export function evidenceOf(file: CaseFile): EvidenceItem[] {
  const items = new Map<string, EvidenceItem>();
  for (const entry of file.timeline) {
    const body = entry.event?.body;
    switch (body?.case) {
      case "evidenceFiled": {
        const id = hexOf(body.value.evidenceId);
        const filedTime = entry.recordedTime;
        const { revision, actorName: filedBy, actorId: filedById } = entry;
        const filed = body.value;
        items.set(id, { id, filed, revision, filedBy, filedById, filedTime, remarks: [] });
        break;
      }
      case "evidenceAnnotated":
        items.get(hexOf(body.value.evidenceId))?.remarks.push(body.value.annotation);
        break;
      case "originalRetainedAttested": {
        const remark = `The original still exists: ${body.value.keptWhere}`;
        items.get(hexOf(body.value.evidenceId))?.remarks.push(remark);
        break;
      }
      case "evidenceSuperseded": {
        const replaced = items.get(hexOf(body.value.supersededId));
        const by = items.get(hexOf(body.value.evidenceId))?.filed.fileName;
        if (replaced !== undefined && by !== undefined) replaced.supersededBy = by;
        break;
      }
    }
  }
  return [...items.values()];
}
