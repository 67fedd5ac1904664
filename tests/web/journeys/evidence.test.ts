import { openCase } from "../support/case";
import type { Person } from "../support/person";
import { report, SITE_MOCKS_ME } from "../support/report";
import { expect, test } from "../support/test";

async function openFiles(person: Person, caseRef: string): Promise<void> {
  await openCase(person, caseRef);
  await person.follow("Files");
  await person.onPage("Files");
}

test("what is said of a file afterwards stands beside it, and no file is changed", async ({
  enter,
}) => {
  const amara = await enter("amara");
  const caseRef = await report(amara, SITE_MOCKS_ME);
  await openFiles(amara, caseRef);
  await amara.follow(/^Record that the original still exists/);
  await amara.onPage("Record that the original still exists");
  await amara.type("Where is the original?", "On my phone, in the messages");
  await amara.press("Record that it still exists");
  await amara.isTold("It is recorded that the original still exists.");

  // A better picture of the same, with when and where it was seen.
  await amara.goTo(`/cases/${caseRef}/add-files`);
  await amara.onPage("Before you add a file");
  await amara.choose("No");
  await amara.press("Continue");
  await amara.onPage("Add screenshots or files");
  await amara.pastePicture("everyone laughs at you, wait till Monday, said Coach");
  const card = amara.page.getByRole("region", { name: /\.png$/ });
  await amara.type(/^What does it show/, "The same with the name of its author", card);
  for (const what of ["date", "time", "place"]) {
    await amara.choose(`I do not know the ${what}`, card);
    await amara.type(`Why is the ${what} not known?`, "A parent sent it to me.", card);
  }
  await amara.press("Put in evidence");
  await amara.isTold("The file is in evidence.");
  await expect(amara.page.getByRole("button", { name: /^Show this picture/ })).toHaveCount(2);

  const helen = await enter("helen");
  await openFiles(helen, caseRef);
  const second = helen.page.getByRole("region").filter({ hasText: "The same with the name" });
  await second.getByRole("link", { name: /^Add to what was said of it/ }).click();
  await helen.type("What you add", "Coach is the trainer of the under-elevens.");
  await helen.press("Add this to the file");
  await helen.isTold("It is added to what was said of the file.");
  await helen.follow("Files");
  await helen.onPage("Files");
  const first = helen.page.getByRole("region", { name: /\.png$/ }).first();
  await first.getByRole("link", { name: /^Say which file stands in its place/ }).click();
  const stands = helen.page.getByLabel("Which file stands in its place?");
  await stands.selectOption({ index: 1 });
  await helen.type("Why", "The second shows who wrote it.");
  await helen.press("Record this");
  await helen.isTold("Another file stands in its place.");

  // Both are there, with all that was said of them, and each is the one that was filed.
  await helen.follow("Files");
  await helen.onPage("Files");
  await expect(first).toContainText("Replaced");
  await expect(first).toContainText("On my phone, in the messages");
  await expect(second).toContainText("Coach is the trainer of the under-elevens.");
  await expect(second).toContainText("Date not known: A parent sent it to me.");
  const shows = helen.page.getByRole("button", { name: /^Show this picture/ });
  await expect(shows).toHaveCount(2);
  await shows.first().click();
  await expect(shows).toHaveCount(1);
  await shows.first().click();
  await expect(helen.page.getByText("Unchanged since it was filed")).toHaveCount(2);
});
