import {
  type Browser,
  type BrowserContext,
  expect,
  type Locator,
  type Page,
} from "@playwright/test";
import type { School, User } from "./school";
import { Watched } from "./watched";

export type Text = string | RegExp;

export interface Day {
  day: string;
  month: string;
  year: string;
}

// So many days before today, or after it when negative, as somebody in the school writes it.
export function daysAgo(days: number): Day {
  const when = new Date(Date.now() - days * 86_400_000);
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", ...options }).format(when);
  return {
    day: part({ day: "numeric" }),
    month: part({ month: "numeric" }),
    year: part({ year: "numeric" }),
  };
}

// When the newest draft was written, in the browser.
async function newestDraft(): Promise<number> {
  let newest = 0;
  for (const { name } of await indexedDB.databases()) {
    if (name === undefined) continue;
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    for (const store of database.objectStoreNames) {
      const rows = await new Promise<{ savedAt?: number }[]>((resolve, reject) => {
        const reading = database.transaction(store).objectStore(store).getAll();
        reading.onsuccess = () => resolve(reading.result);
        reading.onerror = () => reject(reading.error);
      });
      for (const { savedAt } of rows) newest = Math.max(newest, savedAt ?? 0);
    }
    database.close();
  }
  return newest;
}

// Somebody at a browser of their own, who sees and does what a person can: what is there is
// found by its name or label, never by how it is made.
export class Person {
  page: Page;
  #msPerCharacter: number | undefined;
  readonly context: BrowserContext;
  readonly school: School;
  readonly watched: Watched;

  private constructor(page: Page, school: School, watched: Watched) {
    this.page = page;
    this.context = page.context();
    this.school = school;
    this.watched = watched;
  }

  static async at(
    browser: Browser,
    school: School,
    who: string,
    options: Parameters<Browser["newContext"]>[0] = {},
  ): Promise<Person> {
    const context = await browser.newContext(options);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const watched = await Watched.over(context, who, school.origin);
    return new Person(await context.newPage(), school, watched);
  }

  async goTo(address: string): Promise<void> {
    await this.page.goto(this.school.origin + address, { waitUntil: "domcontentloaded" });
  }

  // Another page of the client that is there already, as by a link or the button Back.
  async turnTo(address: string): Promise<void> {
    await this.page.evaluate((to) => {
      history.pushState(null, "", to);
      dispatchEvent(new PopStateEvent("popstate"));
    }, address);
  }

  async signIn(user: User, password = this.school.password(user)): Promise<void> {
    await this.type("School", "oakfield");
    await this.type("User name", user);
    await this.type("Password", password);
    await this.press("Sign in");
    await this.onPage(/.*/, this.page.getByRole("button", { name: "Sign out" }));
  }

  // That the page with this heading is shown and is ready to be used.
  async onPage(heading: Text, ready?: Locator): Promise<void> {
    await expect(this.page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    if (ready !== undefined) await expect(ready).toBeVisible();
  }

  heading(text: Text): Locator {
    return this.page.getByRole("heading", { name: text });
  }

  // A part of the page that is named: a card, a section or a group of boxes.
  part(name: Text): Locator {
    return this.page.getByRole("region", { name }).or(this.page.getByRole("group", { name }));
  }

  async press(name: Text): Promise<void> {
    await this.page.getByRole("button", { name, exact: typeof name === "string" }).click();
  }

  async follow(name: Text): Promise<void> {
    // The same may stand on top and in its place below.
    await this.page
      .getByRole("link", { name, exact: typeof name === "string" })
      .first()
      .click();
  }

  // A word is five letters and a space; nothing for as fast as a machine can.
  typeAt(wordsPerMinute: number | undefined): void {
    this.#msPerCharacter = wordsPerMinute === undefined ? undefined : 60_000 / wordsPerMinute / 6;
  }

  async type(label: Text, text: string, within: Page | Locator = this.page): Promise<void> {
    if (this.#msPerCharacter === undefined) await field(within, label).fill(text);
    else
      await field(within, label).pressSequentially(text, {
        delay: this.#msPerCharacter,
        timeout: 0,
      });
  }

  // That the browser has written down what was typed, which takes it some milliseconds: a
  // person is never as fast, and a test is.
  async isKept(typedFrom: number): Promise<void> {
    await expect
      .poll(() => this.page.evaluate(newestDraft), { message: "what was typed is kept" })
      .toBeGreaterThanOrEqual(typedFrom);
  }

  // Closes the tab, and goes on in another one of the same browser.
  async openAnotherTab(): Promise<void> {
    const closed = this.page;
    this.page = await this.context.newPage();
    await closed.close();
  }

  async choose(label: Text, within: Page | Locator = this.page): Promise<void> {
    const exact = typeof label === "string";
    await within
      .getByRole("radio", { name: label, exact })
      .or(within.getByRole("checkbox", { name: label, exact }))
      .check();
  }

  async select(label: Text, option: string, within: Page | Locator = this.page): Promise<void> {
    await field(within, label).selectOption({ label: option });
  }

  async typeDay(group: Text, day: Day): Promise<void> {
    const boxes = this.page.getByRole("group", { name: group });
    await this.type("Day", day.day, boxes);
    await this.type("Month", day.month, boxes);
    await this.type("Year", day.year, boxes);
  }

  // What was just done, at the top of the page that follows.
  async isTold(text: Text): Promise<void> {
    await expect(this.page.getByRole("region", { name: "Done" })).toContainText(text);
  }

  async sees(text: Text): Promise<void> {
    await expect(this.page.getByText(text).first()).toBeVisible();
  }

  async seesNot(text: Text): Promise<void> {
    await expect(this.page.getByText(text)).toHaveCount(0);
  }

  // That a rule says no, with its clause and what to do instead.
  async isRefused(message: Text, clause: Text): Promise<void> {
    const summary = this.page.getByRole("alert");
    await expect(summary).toContainText(message);
    await expect(summary).toContainText(clause);
    await expect(summary).toContainText("What to do next:");
  }

  // Puts a picture on the clipboard and pastes it as Ctrl and V do.
  async pastePicture(words: string, size = { width: 640, height: 400 }): Promise<void> {
    await this.page.evaluate(
      async ({ words, size }) => {
        const canvas = document.createElement("canvas");
        Object.assign(canvas, size);
        const pen = canvas.getContext("2d");
        if (pen === null) throw new Error("no canvas");
        pen.fillStyle = "#dfe8ef";
        pen.fillRect(0, 0, size.width, size.height);
        pen.fillStyle = "#10222e";
        pen.font = "28px Arial";
        pen.fillText(words, 24, 60);
        const picture = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
        if (picture === null) throw new Error("no picture");
        await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
      },
      { words, size },
    );
    await this.page.keyboard.press("Control+V");
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}

function field(within: Page | Locator, label: Text): Locator {
  return within.getByLabel(label, { exact: typeof label === "string" });
}
