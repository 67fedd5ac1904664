import { openCase } from "../support/case";
import type { Person } from "../support/person";
import { report } from "../support/report";
import { expect, test } from "../support/test";

async function goOnWithReferral(person: Person, caseRef: string): Promise<void> {
  await openCase(person, caseRef);
  await person.follow("What to do");
  await person.follow("Fill in what the council’s form asks for");
  await person.onPage("What the council’s form asks for");
}

// The card of a section says how far it is.
async function isAt(person: Person, section: string, status: string | RegExp): Promise<void> {
  const task = person.page.getByRole("listitem").filter({
    has: person.page.getByRole("link", { name: section, exact: true }),
  });
  await expect(task).toContainText(status);
}

test("two people fill in a referral by its sections, and record what came back", async ({
  enter,
}) => {
  const amara = await enter("amara");
  const caseRef = await report(amara, {
    kind: "Safeguarding concern",
    what: "A pupil says that an adult of the club sends her messages at night.",
    platform: "Snapchat",
    people: [{ name: "not known", involved: "The report is about them", connection: "Not known" }],
    headteacher: "No",
    wishes: "That she is safe.",
  });

  const idris = await enter("idris");
  await goOnWithReferral(idris, caseRef);
  await isAt(idris, "What is alleged", "Not started");
  await idris.follow("What is alleged");
  await idris.type("Place", "Online, on Snapchat");
  await idris.type("Full account", "She showed three messages to her teacher.");
  await idris.press("Save this section");
  await idris.isTold("The section is saved.");
  await idris.sees(/^The council needs these as well: Date and time of each incident/);
  await idris.follow("Go on to the other sections");
  await isAt(idris, "What is alleged", "2 missing");

  // Somebody else begins from what is there, and both are named.
  const helen = await enter("helen");
  await goOnWithReferral(helen, caseRef);
  await isAt(helen, "What is alleged", "By Idris Fenwick-Amadi");
  await helen.follow("What is alleged");
  await helen.follow(/^Change\s*Date and time of each incident/);
  await expect(helen.page.getByLabel("Place")).toHaveValue("Online, on Snapchat");
  await helen.type("Date and time of each incident", "Three nights of last week");
  await helen.type("Physical, emotional, sexual, neglect or conduct", "Conduct");
  await helen.press("Save this section");
  await helen.follow("Go on to the other sections");
  await isAt(helen, "What is alleged", "Complete");
  await helen.follow("Harm threshold");
  await helen.type("Limbs of the harm threshold that are relied on", "Risk of harm");
  await helen.type("Why, or why you are unsure", "Messages to a pupil at night.");
  await helen.press("Save this section");
  await helen.follow("Go on to the other sections");

  await helen.follow("Refer to Lancashire Safeguarding now");
  await helen.choose("Referral");
  await helen.choose("An adult who works with children");
  await helen.type(/^Why/, "Messages to a pupil at night.");
  await helen.press("Refer this case");
  await helen.isTold("The case is referred in Wardbook.");
  await goOnWithReferral(helen, caseRef);
  await helen.follow("copy it from one page");
  await helen.onPage("For the council’s form");
  await helen.sees(/She showed three messages to her teacher\./);
  await helen.press("Copy “What is alleged”");
  const copied = await helen.page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain("Three nights of last week");
  await helen.follow("I have submitted it");
  await helen.type(/^The reference that the form gave/, "FORM-8812");
  await helen.press("I have submitted it");
  await helen.isTold("It is recorded that the form was submitted.");
  await goOnWithReferral(helen, caseRef);
  await helen.sees(/^It is recorded that Helen Ashgrove submitted it/);
  await helen.sees("FORM-8812");

  // The council answered by telephone: the school records what was said, and by whom.
  await helen.follow("Acknowledge the referral");
  await helen.type("The council’s reference", "LS-8812");
  await helen.type(/^Who of the council said so/, "The duty officer");
  await helen.press("Acknowledge the referral");
  await helen.isTold("The referral is acknowledged.");
  await goOnWithReferral(helen, caseRef);
  await helen.follow("Record the outcome of the referral");
  await helen.choose("Unfounded");
  await helen.type("The reasons", "The adult is a cousin, and the family knew.");
  await helen.type(/^Who of the council said so/, "The duty officer");
  await helen.press("Record the outcome");
  await helen.isTold("The outcome is recorded.");
  const lena = await enter("lena");
  await openCase(lena, caseRef);
  await lena.sees("The adult is a cousin, and the family knew.");
});
