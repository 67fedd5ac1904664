import { beginReport, stillHasStory } from "../support/begun_report";
import { lookedAt } from "../support/looked_at";
import type { Person } from "../support/person";
import { expect, test } from "../support/test";

const NEW_PASSWORD = "four words far apart";

async function changePassword(person: Person, former: string): Promise<void> {
  await person.goTo("/account/password");
  await person.onPage("Change your password");
  await person.type("Password that you have now", former);
  await person.type("New password", NEW_PASSWORD);
  await person.press("Change the password");
  await person.isTold("Your password is changed.");
}

test("a new password opens what was typed before", async ({ ownSchool, arrive }) => {
  const amara = await arrive("amara", ownSchool);
  await amara.goTo("/");
  await amara.signIn("amara");
  await beginReport(amara);
  await changePassword(amara, ownSchool.password("amara"));
  await stillHasStory(amara);
  await amara.press("Sign out");
  await amara.onPage("Before you sign out");
  await amara.press("Keep it and sign out");
  await amara.onPage("Sign in");
  await amara.signIn("amara", NEW_PASSWORD);
  await stillHasStory(amara);
});

test("what a password sealed that was changed elsewhere opens with the former one", async ({
  ownSchool,
  arrive,
}) => {
  const amara = await arrive("amara", ownSchool);
  await amara.goTo("/");
  await amara.signIn("amara");
  await beginReport(amara);
  await amara.press("Sign out");
  await amara.press("Keep it and sign out");
  await amara.onPage("Sign in");
  const elsewhere = await arrive("amara at home", ownSchool);
  await elsewhere.goTo("/");
  await elsewhere.signIn("amara");
  await changePassword(elsewhere, ownSchool.password("amara"));

  await amara.signIn("amara", NEW_PASSWORD);
  await amara.follow("Open it with your former password, or delete it");
  await amara.onPage("Your former password");
  expect(await lookedAt(amara.page, "lasting", "former password")).toEqual([]);
  await amara.type("Password that you had before", NEW_PASSWORD);
  await amara.press("Open what I typed");
  await amara.sees("This password does not open what you typed");
  await amara.type("Password that you had before", ownSchool.password("amara"));
  await amara.press("Open what I typed");
  await amara.isTold("What you typed before is open again.");
  expect(await lookedAt(amara.page, "lasting", "opened again")).toEqual([]);
  await stillHasStory(amara);
  await expect(amara.page.getByRole("link", { name: /former password/ })).toHaveCount(0);
});
