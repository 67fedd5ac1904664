import type { CaseFile } from "@api/v1/case_pb.js";
import { CaseService } from "@api/v1/case_service_pb.js";
import { signal } from "@preact/signals";
import { client } from "../api/client.js";
import { sessionState } from "../session/session.js";

// The case that is on the screen. Reading it is recorded each time, so its pages share it.
export const openCase = signal<CaseFile | undefined>(undefined);

sessionState.subscribe((state) => {
  if (state.kind !== "in") openCase.value = undefined;
});

export async function readCase(caseRef: string): Promise<CaseFile> {
  let whole: CaseFile | undefined;
  let pageToken = "";
  do {
    const page = await client(CaseService).getCase({ caseRef, pageSize: 200, pageToken });
    if (page.caseFile === undefined) throw new Error("a case without content");
    if (whole === undefined) whole = page.caseFile;
    else whole.timeline.push(...page.caseFile.timeline);
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  openCase.value = whole;
  return whole;
}

export async function caseOnScreen(caseRef: string): Promise<CaseFile> {
  const open = openCase.value;
  return open?.summary?.caseRef === caseRef ? open : readCase(caseRef);
}
