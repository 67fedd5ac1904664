import { IndecentImageAnswer, type Route } from "@api/events/v1/values_pb.js";
import type { ChosenFile } from "../evidence/chosen_file.js";
import type { Asked } from "../form/asked.js";
import type { Typed } from "../form/field.js";

export const REPORT_DRAFT = "report";

export interface NamedParty {
  key: string;
  name: string;
  // Enumerators, as the boxes have them; empty where nothing was chosen.
  capacity: string;
  category: string;
  // Of the register; empty for somebody who is not in it.
  personId: string;
}

// What the server answered: from here on the report is recorded.
export interface SentReport {
  caseRef: string;
  route: Route;
  nextStep: string;
}

// How the report was last sent.
export interface AskedReport extends Asked {
  kind: string;
  // By the clock of this computer, in milliseconds.
  firstSentAt: number;
  // Whether nobody knows if it was recorded: the answer was lost.
  isOpen: boolean;
}

export interface ReportDraft {
  typed: Typed;
  people: NamedParty[];
  files: ChosenFile[];
  // How many files went because the answer about the image changed.
  droppedCount?: number;
  asked?: AskedReport;
  // Whether all was seen together once: then Continue goes back there.
  wasChecked: boolean;
  sent?: SentReport;
}

export function newReport(): ReportDraft {
  return { typed: {}, people: [newParty()], files: [], wasChecked: false };
}

export function newParty(): NamedParty {
  return { key: crypto.randomUUID(), name: "", capacity: "", category: "", personId: "" };
}

export function namedPeople(draft: ReportDraft): NamedParty[] {
  return draft.people.filter((party) => party.name.trim() !== "");
}

export function isStarted(draft: ReportDraft): boolean {
  const hasText = Object.values(draft.typed).some((text) => text !== "");
  return hasText || namedPeople(draft).length > 0 || draft.files.length > 0;
}

// Files go with a report only after a clear no (P36, P38).
export function filesToSend(draft: ReportDraft): readonly ChosenFile[] {
  const isNo = draft.typed.indecent_image_answer === String(IndecentImageAnswer.NO);
  return isNo ? draft.files : [];
}

export function isAllFiled(draft: ReportDraft): boolean {
  return filesToSend(draft).every((file) => file.isFiled);
}
