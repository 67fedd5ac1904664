import type { Person } from "./person";
import { expect } from "./test";

export const STORY = "He waits at the gate and says that everybody has seen the page by now.";

// Answers the first pages, and has written the story when it comes back.
export async function beginReport(person: Person): Promise<void> {
  await person.goTo("/report");
  await person.onPage("What do you want to report?");
  await person.choose("Cyber-bullying");
  await person.press("Continue");
  await person.onPage("Could this be an indecent image of a child?");
  await person.choose("No");
  await person.press("Continue");
  await person.onPage("What happened?");
  const typedFrom = Date.now();
  await person.type("What happened, in your own words", STORY);
  await person.isKept(typedFrom);
}

export async function stillHasStory(person: Person): Promise<void> {
  await person.goTo("/report/what");
  await person.onPage("What happened?");
  await expect(person.page.getByLabel("What happened, in your own words")).toHaveValue(STORY);
}
