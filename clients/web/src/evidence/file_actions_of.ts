import type { CaseFile } from "@api/v1/case_pb.js";
import { EvidenceService } from "@api/v1/evidence_service_pb.js";
import { mayDoNow } from "../cases/offers.js";
import type { EvidenceItem } from "./evidence_list.js";

// A link from a file to the form that is about it.
export interface FileAction {
  id: string;
  text: string;
}

// What this person can say of a file now. That the original exists is said by who filed it; a
// file is replaced where there is another one to stand in its place.
export function fileActionsOf(file: CaseFile, item: EvidenceItem, personId: string): FileAction[] {
  const { annotateEvidence, supersedeEvidence, attestOriginal } = EvidenceService.method;
  const hasAnother = (file.summary?.evidenceCount ?? 0) > 1;
  const isStanding = item.supersededBy === undefined;
  return [
    ...(mayDoNow(file, annotateEvidence)
      ? [{ id: "annotate-file", text: "Add to what was said of it" }]
      : []),
    ...(mayDoNow(file, supersedeEvidence) && hasAnother && isStanding
      ? [{ id: "supersede-file", text: "Say which file stands in its place" }]
      : []),
    ...(mayDoNow(file, attestOriginal) && item.filedById === personId
      ? [{ id: "attest-original", text: "Record that the original still exists" }]
      : []),
  ];
}
