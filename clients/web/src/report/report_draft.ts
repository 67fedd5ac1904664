import type { Route } from "@api/events/v1/values_pb.js";
import type { ChosenFile } from "../evidence/chosen_file.js";
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

export interface ReportDraft {
  typed: Typed;
  people: NamedParty[];
  files: ChosenFile[];
  requestId: string;
  // Whether all was seen together once: then Continue goes back there.
  wasChecked: boolean;
  sent?: SentReport;
}

export function newReport(): ReportDraft {
  return {
    typed: {},
    people: [newParty()],
    files: [],
    requestId: crypto.randomUUID(),
    wasChecked: false,
  };
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
