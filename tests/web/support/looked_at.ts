import { mkdirSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { picturesFolder } from "./surroundings";

const WIDE = { width: 1280, height: 900 };
// Also what a window of 1280 pixels has when it is enlarged to 400 %.
const NARROW = { width: 320, height: 900 };

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

interface Looking {
  // Whether a picture is kept at either width.
  pictures?: boolean;
  // The title, where it is not the heading's.
  title?: string;
}

// Gives what is wrong with a page as it is now: what axe finds, a title that does not say what
// page it is, and what has to be scrolled to sideways.
export async function lookedAt(
  page: Page,
  who: string,
  what: string,
  { pictures = true, title: expected }: Looking = {},
): Promise<string[]> {
  const folder = join(picturesFolder(), who);
  const name = what.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_+|_+$/g, "") || "home";
  const keep = async (width: number) => {
    if (!pictures) return;
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
  };
  const faults: string[] = [];

  await page.setViewportSize(WIDE);
  await keep(WIDE.width);
  const { violations } = await new AxeBuilder({ page })
    // All in the page itself: there are no frames, for which another page would be opened.
    .setLegacyMode()
    .withTags(RULES)
    .analyze();
  for (const { id, nodes } of violations) {
    faults.push(`axe ${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" ")}`);
  }
  const [title, heading] = await Promise.all([
    page.title(),
    page.locator("h1").first().innerText(),
  ]);
  if (title.replace("Error: ", "") !== (expected ?? `${heading} – Wardbook`)) {
    faults.push(`the title is “${title}” and the heading “${heading}”`);
  }

  await page.setViewportSize(NARROW);
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (over > 0) faults.push(`scrolls sideways by ${over} px at 320 px`);
  await keep(NARROW.width);
  await page.setViewportSize(WIDE);
  return faults.map((fault) => `${who}, ${what}: ${fault}`);
}
