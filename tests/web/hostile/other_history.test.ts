import { createHash } from "node:crypto";
import { lookedAt } from "../support/looked_at";
import type { Person } from "../support/person";
import type { School } from "../support/school";
import { expect, test } from "../support/test";
import { LOST_LINE } from "../support/watched";

// The first page after signing in has looked already.
const WATCHED = /This browser now watches the log|Nothing has been changed, removed or reordered/;

async function register(school: School, ...names: string[]): Promise<void> {
  for (const name of names) {
    const as = ["--category", "employee", "--job-title", "Caretaker", "--role", "staff"];
    await school.as("petra", "person", "add", "--name", name, ...as);
  }
}

// The auditor opens the page anew, and signs in where the server has forgotten it.
async function looks(owen: Person): Promise<void> {
  await owen.goTo("/audit");
  const signIn = owen.page.getByRole("button", { name: "Sign in" });
  const heading = owen.page.getByRole("heading", { level: 1, name: "Audit" });
  await expect(signIn.or(heading)).toBeVisible();
  if (await signIn.isVisible()) {
    await owen.signIn("owen");
    await owen.goTo("/audit");
  }
  await owen.onPage("Audit");
}

async function isAlarmed(owen: Person, what: RegExp): Promise<void> {
  const alarm = owen.page.getByRole("alert");
  await expect(alarm).toContainText("The log is not as it should be");
  await expect(alarm).toContainText(what);
}

test("a log that was put back and written on otherwise is found out", async ({
  ownSchool,
  arrive,
}) => {
  const owen = await arrive("owen", ownSchool);
  owen.watched.expectComplaint(LOST_LINE);
  await ownSchool.backUp();
  await register(ownSchool, "Wren Abara", "Silas Thornbury");
  await looks(owen);
  await owen.sees(WATCHED);

  // First it is shorter, and the two people are gone.
  await ownSchool.putBack();
  await looks(owen);
  await isAlarmed(owen, /Records are gone/);
  expect(await lookedAt(owen.page, "owen", "alarm, shorter")).toEqual([]);

  // Then others stand in their places.
  await register(ownSchool, "Ines Calder", "Rafe Underhill", "Tilda Marsh");
  await looks(owen);
  await isAlarmed(owen, /its first \d+ records are not shown to be the same/);
  await owen.sees("Checkpoint seen before");
  await owen.sees("Checkpoint given then");
  expect(await lookedAt(owen.page, "owen", "alarm, another history")).toEqual([]);

  // A reload, and another day, change nothing of it.
  await looks(owen);
  await isAlarmed(owen, /not shown to be the same/);
});

test("a new key is an alarm until somebody who was given its fingerprint says so", async ({
  ownSchool,
  arrive,
}) => {
  const owen = await arrive("owen", ownSchool);
  owen.watched.expectComplaint(LOST_LINE);
  await looks(owen);
  await owen.sees(WATCHED);

  const key = await ownSchool.changeSigningKey();
  await looks(owen);
  await isAlarmed(owen, /signs with another key/);
  await owen.page.getByText("If the key was changed on purpose").click();
  await owen.press("Trust this key from now on");
  await owen.sees("There is a problem");
  expect(await lookedAt(owen.page, "owen", "alarm, another key")).toEqual([]);

  const digits = createHash("sha256").update(key).digest("hex").slice(0, 32);
  await owen.type("The fingerprint that you were given", digits);
  await owen.choose("By telephone");
  await owen.press("Trust this key from now on");
  await owen.sees("Nothing has been changed, removed or reordered");
  await owen.sees("What was decided in this browser");
  expect(await lookedAt(owen.page, "owen", "key trusted")).toEqual([]);
  await looks(owen);
  await owen.sees("Nothing has been changed, removed or reordered");
});
