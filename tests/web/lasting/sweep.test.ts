import { beginReport, stillHasStory } from "../support/begun_report";
import type { Person } from "../support/person";
import { expect, test } from "../support/test";

const DAY_MS = 24 * 3_600_000;

// Makes each row in the browser's store so much older, as if nobody had come for that long, and
// says how many of them are drafts.
async function olderBy(ms: number): Promise<number> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await done(indexedDB.open("wardbook"));
  const table = database.transaction("drafts", "readwrite").objectStore("drafts");
  const names = (await done(table.getAllKeys())).map(String);
  for (const name of names) {
    const row: { savedAt?: number } = await done(table.get(name));
    if (row.savedAt !== undefined) {
      await done(table.put({ ...row, savedAt: row.savedAt - ms }, name));
    }
  }
  database.close();
  return names.filter((name) => name.startsWith("draft/")).length;
}

const letPass = (person: Person, days: number) => person.page.evaluate(olderBy, days * DAY_MS);

// A draft of somebody who is long gone, which a sweep comes to last.
const MARK = "draft/zzz/0/0";

async function leaveMark(name: string): Promise<void> {
  const opening = indexedDB.open("wardbook");
  await new Promise((resolve) => {
    opening.onsuccess = resolve;
  });
  const writing = opening.result.transaction("drafts", "readwrite");
  writing.objectStore("drafts").put({ savedAt: 0 }, name);
  await new Promise((resolve) => {
    writing.oncomplete = resolve;
  });
  opening.result.close();
}

async function isThere(name: string): Promise<boolean> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await done(indexedDB.open("wardbook"));
  const found = await done(database.transaction("drafts").objectStore("drafts").getKey(name));
  database.close();
  return found !== undefined;
}

async function leavesAReport(person: Person): Promise<void> {
  await person.goTo("/");
  await person.signIn("amara");
  await beginReport(person);
  await person.press("Sign out");
  await person.press("Keep it and sign out");
  await person.onPage("Sign in");
}

test("after seven days a draft goes, whoever opens Wardbook", async ({ ownSchool, arrive }) => {
  const amara = await arrive("amara", ownSchool);
  await leavesAReport(amara);
  expect(await letPass(amara, 6)).toBe(1);
  await amara.page.evaluate(leaveMark, MARK);
  await amara.goTo("/");
  await amara.onPage("Sign in");
  await expect.poll(() => amara.page.evaluate(isThere, MARK)).toBe(false);
  expect(await letPass(amara, 2)).toBe(1);
  // Nobody signs in.
  await amara.goTo("/help");
  await expect.poll(() => letPass(amara, 0)).toBe(0);
});

test("a computer whose clock is set forward loses nothing", async ({ ownSchool, arrive }) => {
  const amara = await arrive("amara", ownSchool);
  await leavesAReport(amara);
  await amara.page.clock.setSystemTime(Date.now() + 400 * DAY_MS);
  await amara.goTo("/");
  await amara.onPage("Sign in");
  await amara.signIn("amara");
  await stillHasStory(amara);
});
