import type { CaseFile } from "@api/v1/case_pb.js";
import { hexOf } from "../words/hex.js";

// Whom and what the ids in a case stand for: those who acted in it, and its files.
export function namesInCase(file: CaseFile): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const entry of file.timeline) {
    if (entry.actorName !== "") names.set(entry.actorId, entry.actorName);
    const body = entry.event?.body;
    if (body?.case === "evidenceFiled") {
      names.set(hexOf(body.value.evidenceId), body.value.fileName);
    }
  }
  return names;
}
