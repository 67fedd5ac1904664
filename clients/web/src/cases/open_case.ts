import type { CaseFile } from "@api/v1/case_pb.js";
import { CaseService } from "@api/v1/case_service_pb.js";
import { signal } from "@preact/signals";
import { client } from "../api/client.js";
import { sessionState } from "../session/session.js";
import { isOutdated } from "./newest_revisions.js";

interface OpenCase {
  // As it was asked for, which need not be how the server writes it.
  caseRef: string;
  file: CaseFile;
}

// The case that is on the screen. Reading it is recorded each time, so its pages share it.
export const openCase = signal<OpenCase | undefined>(undefined);

// The reading whose answer is wanted. An answer that comes after the person has gone on to
// another case, or after the case was closed, is not put on the screen.
let wanted: { caseRef: string } | undefined;

sessionState.subscribe((state) => {
  if (state.kind === "in") return;
  wanted = undefined;
  openCase.value = undefined;
});

export async function readCase(caseRef: string): Promise<CaseFile> {
  const reading = { caseRef };
  wanted = reading;
  let whole: CaseFile | undefined;
  let pageToken = "";
  do {
    const page = await client(CaseService).getCase({ caseRef, pageSize: 200, pageToken });
    if (page.caseFile === undefined) throw new Error("a case without content");
    if (whole === undefined) whole = page.caseFile;
    else whole.timeline.push(...page.caseFile.timeline);
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  if (wanted === reading) openCase.value = { caseRef, file: whole };
  return whole;
}

export async function caseOnScreen(caseRef: string): Promise<CaseFile> {
  const open = openCase.value;
  if (open?.caseRef !== caseRef || isOutdated(open.file)) return readCase(caseRef);
  if (wanted?.caseRef !== caseRef) wanted = undefined;
  return open.file;
}

// After a change of one's own: whatever page shows the case next reads it anew.
export function closeCase(caseRef: string): void {
  if (wanted?.caseRef === caseRef) wanted = undefined;
  if (openCase.value?.caseRef === caseRef) openCase.value = undefined;
}
