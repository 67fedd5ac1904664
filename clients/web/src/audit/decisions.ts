import type { KeptCheckpoint, SignedNote } from "./kept_checkpoint.js";

// How somebody was given a key: never by the server that signs with it.
export type GivenHow = "person" | "telephone" | "minutes";

// What somebody decided who knows why the log or its key is another one. The note that was kept
// until then stays here.
export type Decision = {
  madeAt: number;
  kept: KeptCheckpoint;
  given: SignedNote;
} & ({ kind: "new-key"; fingerprint: string; how: GivenHow } | { kind: "anew" });

const nameOf = (schoolId: string) => `wardbook-decisions/${schoolId}`;

export function keptDecisions(schoolId: string): Decision[] {
  const text = localStorage.getItem(nameOf(schoolId));
  return text === null ? [] : (JSON.parse(text) as Decision[]);
}

// Throws where the browser cannot write: what is not written down is not decided.
export function keepDecision(schoolId: string, decision: Decision): void {
  const decisions = [...keptDecisions(schoolId), decision];
  localStorage.setItem(nameOf(schoolId), JSON.stringify(decisions));
}

// Whether somebody said that this key came after that one.
export function isSucceededBy(schoolId: string, before: string, key: string): boolean {
  return keptDecisions(schoolId).some(
    ({ kind, kept, given }) => kind === "new-key" && kept.key === before && given.key === key,
  );
}
