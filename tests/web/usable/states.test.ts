import { readFile } from "node:fs/promises";
import { begin, openCase, tryTo } from "../support/case";
import { lookedAt } from "../support/looked_at";
import type { Person } from "../support/person";
import { answerReport, SITE_MOCKS_ME } from "../support/report";
import { Settled } from "../support/settled";
import { expect, test } from "../support/test";
import { LOST_LINE } from "../support/watched";
import { kindOf, linksOn, WAYS } from "../support/way";

// What a page looks like when not all is as it should be.
test.describe.configure({ mode: "parallel" });

async function isFaultless(
  person: Person,
  what: string,
  looking: Parameters<typeof lookedAt>[3] = {},
): Promise<void> {
  expect(await lookedAt(person.page, "states", what, looking)).toEqual([]);
}

// Only what is asked of the server is held back, and not the pages themselves.
const CALLS = "**/wardbook.v1.*/*";

for (const user of ["helen", "petra"] as const) {
  test(`every form that ${user} sends empty says accessibly what is wrong`, async ({
    ownDemoSchool,
    arrive,
  }) => {
    test.setTimeout(600_000);
    const person = await arrive(user, ownDemoSchool);
    await person.goTo("/");
    await person.signIn(user);
    const settled = new Settled(person.page);
    const seen = new Set<string>();
    const faults: string[] = [];
    const ahead = ["/"];
    let forms = 0;
    for (let at = ahead.shift(); at !== undefined; at = ahead.shift()) {
      const kind = kindOf(at);
      if (seen.has(at) || (seen.has(kind) && !WAYS.test(kind))) continue;
      seen.add(at).add(kind);
      await person.turnTo(at);
      await settled.wait();
      ahead.push(...(await linksOn(person)));
      const send = person.page.locator("main form button[type=submit]");
      if ((await send.count()) !== 1) continue;
      await send.click();
      await settled.wait();
      // What may be left empty was taken.
      if ((await person.heading("There is a problem").count()) === 0) continue;
      await expect(person.page).toHaveTitle(/^Error: /);
      faults.push(...(await lookedAt(person.page, user, `empty ${kind}`, { pictures: false })));
      forms += 1;
    }
    console.log(`${user}: ${forms} forms`);
    expect(faults).toEqual([]);
    expect(forms).toBeGreaterThan(10);
  });
}

test("the pages before signing in say accessibly what is wrong", async ({ arrive }) => {
  const somebody = await arrive("somebody");
  await somebody.goTo("/");
  await somebody.onPage("Sign in");
  await somebody.press("Sign in");
  await isFaultless(somebody, "sign in, empty");
  await somebody.type("School", "oakfield");
  await somebody.type("User name", "nobody");
  await somebody.type("Password", "not the password");
  await somebody.press("Sign in");
  await expect(somebody.page.getByRole("alert")).toContainText("What to do next:");
  await isFaultless(somebody, "sign in, refused");
  await somebody.follow("I have a code and no password yet");
  await somebody.press("Set this password");
  await isFaultless(somebody, "first password, empty");
});

test("two people on one case, and what the policy forbids now", async ({ enter, school }) => {
  const helen = await enter("helen");
  const inbox = await school.as("helen", "case", "list");
  const cases = inbox.cases as { caseRef: string; indecentImageSuspected?: boolean }[];
  const caseRef = cases.find(({ indecentImageSuspected }) => !indecentImageSuspected)?.caseRef;
  const suspected = cases.find(({ indecentImageSuspected }) => indecentImageSuspected)?.caseRef;
  await openCase(helen, String(caseRef));
  await begin(helen, "Add a note");
  await helen.type("The note", "Helen has spoken to the class teacher.");
  await school.as("idris", "case", "note", String(caseRef), "Idris has called the parents.");
  await helen.press("Add this note");
  await expect(helen.heading("Recorded while you were writing")).toBeVisible();
  await isFaultless(helen, "conflict");

  await tryTo(helen, String(suspected), "close", "Close the case");
  await helen.type("What was concluded", "Nothing to see.");
  await helen.choose("Yes");
  await isFaultless(helen, "forbidden now, before it is sent");
  await helen.press("Close this case");
  await helen.isRefused(/police/i, /P3[78]/);
  await isFaultless(helen, "forbidden now, refused");
});

test("lists that are empty", async ({ newSchool, arrive }) => {
  const helen = await arrive("helen", newSchool);
  await helen.goTo("/");
  await helen.signIn("helen");
  const settled = new Settled(helen.page);
  for (const address of [
    ...["/", "/reports", "/cases", "/registers", "/registers/1", "/registers/8", "/policy"],
    ...["/policy/versions", "/policy/acknowledgements", "/people/absences", "/people/concerns"],
    ...["/people/profile-reviews", "/audit", "/audit/refusals"],
  ]) {
    await helen.turnTo(address);
    await settled.wait();
    await isFaultless(helen, `empty ${address}`);
  }
});

test("a line that is slow, and one that is gone", async ({ enter }) => {
  const helen = await enter("helen");
  helen.watched.expectComplaint(LOST_LINE);
  await helen.follow("Registers");
  await helen.onPage("Registers");
  let answer = () => {};
  const held = new Promise<void>((release) => {
    answer = release;
  });
  await helen.page.route(CALLS, async (route) => {
    await held;
    await route.continue();
  });
  await helen.follow("Cases");
  await helen.onPage("Cases");
  await helen.sees("Wardbook is looking it up.");
  await isFaultless(helen, "slow, a list");
  answer();
  await helen.sees(/^\d+ cases/);
  await helen.seesNot("Wardbook is looking it up.");
  await helen.page.unroute(CALLS);

  await helen.context.setOffline(true);
  await helen.follow("People");
  await helen.onPage(/./);
  await helen.sees(/cannot be reached/);
  await isFaultless(helen, "gone, a list");
  await helen.context.setOffline(false);
});

test("a file that is being sent", async ({ enter }) => {
  const amara = await enter("amara");
  await amara.goTo("/report");
  await answerReport(amara, SITE_MOCKS_ME);
  let go = () => {};
  const held = new Promise<void>((release) => {
    go = release;
  });
  await amara.page.route("**/wardbook.v1.EvidenceService/PutChunk", async (route) => {
    await held;
    await route.continue();
  });
  await amara.press("Send this report");
  await amara.onPage("Your files are being sent");
  await isFaultless(amara, "a file being sent");
  await amara.onPage("Your files are being sent");
  go();
  await amara.onPage("Your report is recorded");
});

test("a file that became another one on its way to the evidence", async ({ enter }) => {
  const amara = await enter("amara");
  await amara.goTo("/report");
  await answerReport(amara, { ...SITE_MOCKS_ME, picture: undefined, stopAtFiles: true });
  const original = Buffer.from("Everyone laughs at you, wait till Monday.");
  await amara.page
    .getByLabel("Add a screenshot or file")
    .setInputFiles({ name: "mail.txt", mimeType: "text/plain", buffer: original });
  await amara.press("Same date, time and place as in the report");
  await amara.press("Continue");
  await amara.onPage("Check your answers");
  await amara.page.route("**/wardbook.v1.EvidenceService/PutChunk", (route) => {
    const sent = Buffer.from(route.request().postDataBuffer() ?? []);
    const last = sent.length - 1;
    sent.writeUInt8(sent.readUInt8(last) ^ 1, last);
    return route.continue({ postData: sent });
  });
  await amara.press("Send this report");
  await amara.onPage("Your files are not all as they were");
  await amara.sees(/is in evidence, and is not the file on this computer/);
  await isFaultless(amara, "a file that differs");
  // The copy that is right is still there after a new start.
  await amara.page.reload();
  await amara.onPage("Your files are not all as they were");
  const saved = amara.page.waitForEvent("download");
  await amara.follow("Save the original");
  expect(await readFile(await (await saved).path())).toEqual(original);
  await amara.press("I have the original, remove it here");
  await amara.onPage("Your report is recorded");
});

test("the warning before a session ends, and the hidden screen", async ({ arrive }) => {
  const amara = await arrive("amara");
  await amara.goTo("/");
  await amara.signIn("amara");
  await amara.turnTo("/account/password");
  await amara.onPage("Change your password");
  const box = amara.page.getByLabel("Password that you have now");
  await box.focus();
  const warning = amara.page.getByRole("dialog", { name: /^You will be signed out in/ });
  // A computer that wakes asks at once whether the session goes on; it warns until it knows.
  let answer = () => {};
  const held = new Promise<void>((release) => {
    answer = release;
  });
  await amara.page.route("**/wardbook.v1.AccessService/*", async (route) => {
    await held;
    await route.continue();
  });
  await amara.page.evaluate(() => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + 56 * 60_000;
  });
  await expect(warning).toBeVisible();
  await isFaultless(amara, "session warning");
  await expect(warning).toBeVisible();
  await amara.press("Stay signed in");
  answer();
  await expect(warning).toBeHidden();
  await expect(box).toBeFocused();

  await amara.page.keyboard.press("F2");
  await amara.onPage("The screen is hidden");
  await isFaultless(amara, "hidden screen", { title: "Wardbook" });
  await amara.context.setOffline(true);
  amara.watched.expectComplaint(LOST_LINE);
  await amara.page.keyboard.press("F2");
  await amara.sees(/could not be reached/);
  await isFaultless(amara, "hidden screen, without a line", { title: "Wardbook" });
  await amara.context.setOffline(false);
  await amara.press("Show it again");
  await amara.onPage("Change your password");
  await expect(box).toBeFocused();
});
