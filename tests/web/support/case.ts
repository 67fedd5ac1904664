import type { Person } from "./person";

// Opens a case as from a link that somebody kept.
export async function openCase(person: Person, caseRef: string): Promise<void> {
  await person.goTo(`/cases/${caseRef}`);
  await person.onPage("History");
}

// Goes from the case that is open to the page on which something is done.
export async function begin(person: Person, title: string): Promise<void> {
  await person.follow("What to do");
  await person.onPage("What to do");
  await person.follow(title);
  await person.onPage(title);
}

// By the address that somebody kept or guessed, where no link leads.
export async function tryTo(
  person: Person,
  caseRef: string,
  action: string,
  title: string,
): Promise<void> {
  await person.goTo(`/cases/${caseRef}/do/${action}`);
  await person.onPage(title);
}

export async function isNoSuchCase(person: Person, caseRef: string): Promise<void> {
  await person.goTo(`/cases/${caseRef}`);
  await person.onPage("This case cannot be shown");
}
