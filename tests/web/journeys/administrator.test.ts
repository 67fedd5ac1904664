import { isNoSuchCase } from "../support/case";
import { enterPerson, giveCode, setPassword } from "../support/newcomer";
import { daysAgo, type Person } from "../support/person";
import { Received } from "../support/received";
import { expect, test } from "../support/test";

const NADIA = "Nadia Whitcombe-Osei";
const FIRST = "lantern orchid teapot";
const SECOND = "gravel violin marmalade";

async function open(petra: Person, name: string): Promise<void> {
  await petra.follow("People");
  await petra.follow(name);
  await petra.onPage("A person of the school");
}

test("an administrator lets somebody in, and sees no case", async ({ ownDemoSchool, arrive }) => {
  const school = ownDemoSchool;
  const petra = await arrive("petra", school);
  const received = await Received.over(petra.context);
  await petra.goTo("/");
  await petra.signIn("petra");
  await enterPerson(petra, {
    name: NADIA,
    category: "Employee",
    job: "Reading mentor",
    role: "Staff",
  });
  const code = await giveCode(petra, "nadia");

  const nadia = await arrive("nadia", school);
  await nadia.goTo("/");
  await setPassword(nadia, { userName: "nadia", code, password: FIRST });
  await nadia.sees(/at the wish of Petra Lindqvist-Moore/);
  await nadia.follow("Policy");
  await nadia.follow("Read and acknowledge the policy");
  await nadia.choose("I have read the policy and will keep to it");
  await nadia.press("Acknowledge the policy");
  await nadia.isTold("You have acknowledged the policy.");

  // A role that is given and ended changes what she finds at her next visit.
  await open(petra, NADIA);
  await petra.follow("Give a role");
  await petra.choose("Senior leadership");
  await petra.press("Give this role");
  await petra.isTold("The role is given.");
  await nadia.goTo("/");
  await nadia.follow("Cases");
  await nadia.onPage("Cases");
  await petra.follow("End a role");
  await petra.choose("Senior leadership");
  await petra.press("End this role");
  await petra.isTold("The role is ended.");
  await nadia.goTo("/");
  await nadia.onPage("Home", nadia.page.getByRole("link", { name: "My reports" }));
  await expect(nadia.page.getByRole("link", { name: "Cases" })).toHaveCount(0);

  // A lost password: the old one ends at once, with all that it opened.
  await petra.follow("Back to people");
  await open(petra, NADIA);
  const another = await giveCode(petra, "nadia");
  // The new code has ended her session, and her page says so unasked.
  await nadia.onPage(/^Sign in/);
  await nadia.type("School", "oakfield");
  await nadia.type("User name", "nadia");
  await nadia.type("Password", FIRST);
  await nadia.press("Sign in");
  await expect(nadia.page.getByRole("alert")).toContainText("There is a problem");
  await setPassword(nadia, { userName: "nadia", code: another, password: SECOND });
  await nadia.leave();

  // No page and no answer to hers holds anything of a case.
  const inbox = await school.as("helen", "case", "list");
  const caseRefs = (inbox.cases as { caseRef: string }[]).map(({ caseRef }) => caseRef);
  expect(caseRefs.length).toBeGreaterThan(5);
  await petra.follow("Home");
  await petra.onPage("Home");
  await expect(petra.page.getByRole("link", { name: "Cases" })).toHaveCount(0);
  for (const address of ["/cases", "/audit", "/audit/counts", "/reports", "/people/concerns"]) {
    await petra.goTo(address);
    await petra.onPage(/.+/);
    for (const caseRef of caseRefs) await petra.seesNot(caseRef);
  }
  expect(received.size).toBeGreaterThan(1_000);
  for (const caseRef of caseRefs) expect(received.has(caseRef)).toBe(false);
  await isNoSuchCase(petra, caseRefs[0] as string);
});

test("an administrator keeps the register and the policy, and others decide", async ({
  ownDemoSchool,
  arrive,
}) => {
  const enter = async (user: "petra" | "helen" | "ruth") => {
    const person = await arrive(user, ownDemoSchool);
    await person.goTo("/");
    await person.signIn(user);
    return person;
  };
  const petra = await enter("petra");
  await enterPerson(petra, { name: "Juniper Castellan-Wright", category: "Pupil" });
  await enterPerson(petra, { name: "Bram Castellan-Wright", category: "Parent or carer" });
  await petra.follow("Registers");
  await petra.follow("Link a parent to a child, to record what they say about photographs");
  await petra.select("Which child?", "Juniper Castellan-Wright");
  await petra.select("Which parent or carer?", "Bram Castellan-Wright");
  await petra.type("What are they to the child?", "Father");
  await petra.press("Link this parent");
  await petra.follow("Record that a parent does not consent");
  await petra.select("Which parent or carer?", "Bram Castellan-Wright");
  await petra.type("How?", "On the form");
  await petra.press("Record the refusal");
  await petra.sees("Refused");

  await petra.follow("Policy");
  await petra.follow("Draft a new version");
  await petra.type("What is the version called?", "Social networking policy, third edition");
  await petra.type("The whole text", "All staff keep to this code at work and at home.");
  await petra.press("Record this draft");
  await petra.isTold("The draft is recorded.");
  await expect(petra.page.getByRole("link", { name: "Put it in force" })).toHaveCount(0);
  const version = new URL(petra.page.url()).pathname;

  const helen = await enter("helen");
  const ruth = await enter("ruth");
  for (const person of [helen, ruth]) {
    await person.goTo(version);
    await person.follow("Sign this text");
    await person.choose("I have read this text and sign it");
    await person.press("Sign this text");
    await person.isTold("The text is signed.");
  }
  await ruth.follow("Put it in force");
  await ruth.typeDay("Since when is it in force?", daysAgo(0));
  await ruth.typeDay("When is it reviewed next?", daysAgo(-300));
  await ruth.press("Put it in force");
  await ruth.isTold("The version is in force.");
  await petra.follow("Policy");
  await petra.sees("Social networking policy, third edition");
  await petra.follow(/^Who has acknowledged the policy/);
  await petra.sees("Amara Okonjo-Reyes");

  // An absence is for those who lead the school; the administrator sees who acts.
  await petra.goTo("/people/absences");
  await petra.onPage("Absences of the Headteacher");
  await expect(petra.page.getByRole("link", { name: "Record an absence" })).toHaveCount(0);
  await helen.goTo("/people/absences");
  await helen.follow("Record an absence");
  await helen.select("Which member of the leadership team acts?", "Mira Stanhope-Bell");
  await helen.typeDay(/^Until when/, daysAgo(0));
  await helen.type("Why (optional)", "At the dentist");
  await helen.press("Record the absence");
  await helen.isTold("The absence is recorded.");
  await petra.goTo("/people/absences");
  await petra.sees("Helen Ashgrove is absent. Mira Stanhope-Bell acts.");
  const absence = helen.page.getByRole("listitem").filter({ hasText: "At the dentist" });
  await absence.getByRole("link", { name: /^End it/ }).click();
  await helen.press("Record the end");
  await helen.isTold("The end is recorded.");
  await helen.sees(/is the Headteacher and present/);
});
