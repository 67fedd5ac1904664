import { beginReport, STORY, stillHasStory } from "../support/begun_report";
import { daysAgo, type Person } from "../support/person";
import { answerReport, SITE_MOCKS_ME, sendReport } from "../support/report";
import { typesAsPeopleDo } from "../support/surroundings";
import { expect, test } from "../support/test";
import { LOST_LINE } from "../support/watched";

async function hasReports(person: Person, count: number): Promise<void> {
  await person.goTo("/reports");
  await person.onPage("My reports");
  await expect(person.page.getByRole("heading", { level: 2, name: /WB-/ })).toHaveCount(count);
}

test("an incident with a pasted screenshot takes nine pages", async ({ enter }) => {
  const amara = await enter("amara");
  const headings: string[] = [];
  await amara.page.exposeFunction("headingShown", (text: string) => {
    if (headings.at(-1) !== text) headings.push(text);
  });
  await amara.page.addInitScript(() => {
    const tell = () => {
      const text = document.querySelector("h1")?.textContent;
      if (text) (window as unknown as { headingShown(text: string): void }).headingShown(text);
    };
    new MutationObserver(tell).observe(document, { childList: true, subtree: true });
  });
  const began = Date.now();
  await amara.goTo("/report");
  await answerReport(amara, SITE_MOCKS_ME, typesAsPeopleDo() ? 40 : undefined);
  const pages = headings.length;
  await sendReport(amara);
  await amara.sees("1 file is in evidence.");
  console.log(`${pages} pages, ${((Date.now() - began) / 1000).toFixed(0)} s`);
  expect(pages).toBeLessThanOrEqual(9);
  if (typesAsPeopleDo()) expect(Date.now() - began).toBeLessThan(180_000);
});

test("what was typed is there when the session has ended", async ({ ownSchool, arrive }) => {
  const amara = await arrive("amara", ownSchool);
  await amara.goTo("/");
  await amara.signIn("amara");
  await beginReport(amara);
  // As when twelve hours are over: the server does not know the session any more.
  await amara.context.clearCookies();
  await amara.press("Continue");
  await amara.goTo("/report/what");
  await amara.onPage(/Sign in/);
  await amara.seesNot(STORY);
  await amara.signIn("amara");
  await stillHasStory(amara);
});

test("what was typed is there when the tab was closed", async ({ ownSchool, arrive }) => {
  const amara = await arrive("amara", ownSchool);
  await amara.goTo("/");
  await amara.signIn("amara");
  await beginReport(amara);
  await amara.press("Continue");
  await amara.onPage("When and where did it happen?");
  await amara.openAnotherTab();
  await stillHasStory(amara);
});

test("a report is sent when the line is back", async ({ ownSchool, arrive }) => {
  const amara = await arrive("amara", ownSchool);
  amara.watched.expectComplaint(LOST_LINE);
  await amara.goTo("/");
  await amara.signIn("amara");
  await amara.goTo("/report");
  await answerReport(amara, SITE_MOCKS_ME);
  await amara.context.setOffline(true);
  await amara.press("Send this report");
  await amara.sees(/cannot be reached/);
  await amara.context.setOffline(false);
  await sendReport(amara);
  await amara.sees("1 file is in evidence.");
  await hasReports(amara, 1);
});

test("a report is recorded once though the server was killed", async ({ ownSchool, arrive }) => {
  const amara = await arrive("amara", ownSchool);
  amara.watched.expectComplaint(LOST_LINE);
  await amara.goTo("/");
  await amara.signIn("amara");
  await amara.goTo("/report");
  await answerReport(amara, SITE_MOCKS_ME);
  await ownSchool.kill();
  await amara.press("Send this report");
  await amara.sees(/cannot be reached/);
  await ownSchool.start();
  // Whether or not the session is one of the past, what was answered is there.
  await amara.goTo("/report/check");
  await amara.onPage(/Check your answers|Sign in/);
  if (await amara.heading(/Sign in/).isVisible()) {
    await amara.signIn("amara");
    await amara.goTo("/report/check");
  }
  await amara.onPage("Check your answers");
  await amara.sees(SITE_MOCKS_ME.what);
  await sendReport(amara);
  await hasReports(amara, 1);
});

test("an upload goes on from where it was when the server comes back", async ({
  ownSchool,
  arrive,
}) => {
  const amara = await arrive("amara", ownSchool);
  amara.watched.expectComplaint(LOST_LINE);
  await amara.goTo("/");
  await amara.signIn("amara");
  await amara.goTo("/report");
  await answerReport(amara, { ...SITE_MOCKS_ME, picture: undefined, stopAtFiles: true });
  const picture = Buffer.alloc(6 * 1024 * 1024, 7);
  Buffer.from("89504e470d0a1a0a0000000d49484452", "hex").copy(picture);
  await amara.page
    .locator("input[type=file]")
    .setInputFiles({ name: "chat.png", mimeType: "image/png", buffer: picture });
  await amara.press("Same date, time and place as in the report");
  await amara.press("Continue");
  await amara.onPage("Check your answers");
  const chunks: number[] = [];
  await amara.page.route("**/wardbook.v1.EvidenceService/PutChunk", async (route) => {
    chunks.push(route.request().postDataBuffer()?.length ?? 0);
    if (chunks.length === 3) {
      await ownSchool.kill();
      await ownSchool.start();
    }
    await route.continue();
  });
  await sendReport(amara);
  await amara.sees("1 file is in evidence.");
  expect(chunks.length).toBeGreaterThan(3);
  // What the server had before it was killed was not sent once more.
  expect(chunks.reduce((sum, one) => sum + one, 0)).toBeLessThan(1.5 * picture.length);
  await hasReports(amara, 1);
});

test("what was typed is nowhere on the computer after signing out", async ({
  ownSchool,
  arrive,
}) => {
  const amara = await arrive("amara", ownSchool);
  await amara.goTo("/");
  await amara.signIn("amara");
  await beginReport(amara);
  await amara.press("Continue");
  await amara.onPage("When and where did it happen?");
  await amara.typeDay("When did it happen?", daysAgo(1));
  await amara.press("Sign out");
  await amara.onPage("Before you sign out");
  await amara.press("Delete it and sign out");
  await amara.onPage("Sign in");
  await amara.isTold("You are signed out.");
  const kept = await amara.page.evaluate(async () => {
    const found: string[] = [...Object.values(localStorage), ...Object.values(sessionStorage)];
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue;
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const store of database.objectStoreNames) {
        const rows = await new Promise<IDBValidKey[]>((resolve, reject) => {
          const reading = database.transaction(store).objectStore(store).getAllKeys();
          reading.onsuccess = () => resolve(reading.result);
          reading.onerror = () => reject(reading.error);
        });
        found.push(...rows.map((row) => `${name}/${store}/${String(row)}`));
      }
      database.close();
    }
    return found;
  });
  expect(kept.join(" ")).not.toContain(STORY);
  expect(kept.filter((one) => /draft/i.test(one))).toEqual([]);
});
