import type { Page } from "@playwright/test";
import type { Settled } from "./settled";

// Forms that no test names are filled in and sent: every field that takes text gets one, and
// what the page then says is wrong is answered otherwise until the form is taken.
export interface Filled {
  // The names of the fields that were written into.
  written: string[];
  // What the page says is wrong in the end; empty where the form was taken.
  refused: string;
}

// A date to come, today and one in the past; one choice and the next.
const ATTEMPTS = 4;

interface Writing {
  // What is written; FIELD stands for the name of the field.
  text: string;
  // For fields that take no such text, by name.
  plain: Record<string, string>;
}

// In the browser. Also what is asked only after a choice is written into, and the choice by
// which most is asked is left.
async function writeAll({ text }: Writing): Promise<void> {
  const form = document.querySelector("main form");
  if (form === null) return;
  const drawn = () =>
    new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
  const boxes = () => [
    ...form.querySelectorAll<HTMLInputElement>("input[type=text][name], textarea[name]"),
  ];
  const write = async () => {
    for (const box of boxes()) {
      if (box.value.startsWith(text.slice(0, text.indexOf("FIELD")))) continue;
      box.value = text.replaceAll("FIELD", box.name);
      box.dispatchEvent(new Event("input"));
    }
    for (const list of form.querySelectorAll("select")) {
      if (list.value !== "") continue;
      list.value = [...list.options].find((option) => option.value !== "")?.value ?? "";
      list.dispatchEvent(new Event("change"));
    }
    await drawn();
  };
  await write();
  for (const group of form.querySelectorAll("fieldset")) {
    const choices = [...group.querySelectorAll<HTMLInputElement>("input[type=radio]")];
    let asked = boxes().length;
    let best = choices[0];
    for (const choice of choices) {
      choice.click();
      await write();
      if (boxes().length <= asked) continue;
      asked = boxes().length;
      best = choice;
    }
    best?.click();
    await write();
  }
}

// In the browser. The fields that hold what was to be written.
function writtenInto({ text }: Writing): string[] {
  const boxes = document.querySelectorAll<HTMLInputElement>(
    "main form input[type=text][name], main form textarea[name]",
  );
  return [...boxes]
    .filter(({ name, value }) => value === text.replaceAll("FIELD", name))
    .map(({ name }) => name);
}

interface Correction extends Writing {
  ids: string[];
  attempt: number;
}

// In the browser.
async function correct({ ids, attempt, plain }: Correction): Promise<void> {
  const aMonth = 30 * 86_400_000;
  const when = new Date(Date.now() + ([aMonth, 0, -aMonth][attempt] ?? 0));
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", ...options }).format(when);
  const put = (box: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, text: string) => {
    box.value = text;
    box.dispatchEvent(new Event(box instanceof HTMLSelectElement ? "change" : "input"));
  };
  for (const id of ids) {
    const box = document.getElementById(id);
    const day = box?.closest(".govuk-date-input")?.querySelectorAll("input");
    if (day !== undefined) {
      const parts = [{ day: "numeric" }, { month: "numeric" }, { year: "numeric" }] as const;
      for (const [index, one] of day.entries()) put(one, part(parts[index] ?? {}));
    } else if (box instanceof HTMLSelectElement) {
      put(box, box.options[attempt + 1]?.value ?? "");
    } else if (box instanceof HTMLTextAreaElement) {
      put(box, plain[box.name] ?? "");
    } else if (box instanceof HTMLInputElement && box.type === "text") {
      put(box, plain[box.name] ?? (box.name === "" ? part({ timeStyle: "short" }) : ""));
    } else if (box instanceof HTMLInputElement && box.type !== "file") {
      const others = box.closest("fieldset")?.querySelectorAll("input") ?? [box];
      others[attempt % others.length]?.click();
    }
  }
}

export async function fillIn(page: Page, settled: Settled, writing: Writing): Promise<Filled> {
  await page.evaluate(writeAll, writing);
  const wrong = page.locator(".govuk-error-summary");
  for (let attempt = 0; ; attempt += 1) {
    for (const file of await page.locator("main form input[type=file]").all()) {
      const buffer = Buffer.from("kept elsewhere");
      await file.setInputFiles({ name: "kept.txt", mimeType: "text/plain", buffer });
    }
    const written = await page.evaluate(writtenInto, writing);
    await page.locator("main form button[type=submit]").click();
    await settled.wait();
    await page.locator("main form button[aria-disabled=true]").waitFor({ state: "detached" });
    await settled.wait();
    if ((await wrong.count()) === 0) return { written, refused: "" };
    const ids = await wrong
      .locator("a[href^='#']")
      .evaluateAll((links) => links.map((link) => (link.getAttribute("href") ?? "").slice(1)));
    if (ids.length === 0 || attempt === ATTEMPTS) {
      return { written, refused: `${ids.join()} ${await wrong.innerText()}` };
    }
    await page.evaluate(correct, { ...writing, ids, attempt });
  }
}
