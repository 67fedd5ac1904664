import { begin, openCase } from "../support/case";
import type { Person } from "../support/person";
import { report, SITE_MOCKS_ME } from "../support/report";
import { Settled } from "../support/settled";
import { expect, test } from "../support/test";

// What a window of 1280 by 900 has when its page is enlarged to 400 %: Chromium lays it out in
// a quarter of the pixels either way and draws each as sixteen. (The page scale factor of the
// debugging protocol is two fingers on a screen, which lays out nothing anew.)
const ENLARGED = { viewport: { width: 320, height: 225 }, deviceScaleFactor: 4 };

const TABS = 40;

// That nothing is to the side of the window, and nothing that stays in its place covers what
// has the focus.
async function canBeUsed(person: Person, settled: Settled): Promise<void> {
  const { page } = person;
  // What comes later than the rest moves it.
  await settled.wait();
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(over, "nothing has to be scrolled to sideways").toBe(0);
  for (let tab = 0; tab < TABS; tab += 1) {
    await page.keyboard.press("Tab");
    const covered = await page.evaluate(() => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body) return undefined;
      const seen = [...focused.getClientRects()].some(({ left, right, top, bottom }) => {
        const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2;
        const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
        const above = document.elementFromPoint(x, y);
        // The mark of a radio or a box is drawn on its label.
        const label = above?.closest("label")?.getAttribute("for");
        return above !== null && (focused.contains(above) || label === focused.id);
      });
      return seen ? undefined : focused.outerHTML.slice(0, 120);
    });
    expect(covered, "what has the focus can be seen").toBeUndefined();
  }
}

test("enlarged to 400 %, a report is filed and a case is worked on", async ({ enter }) => {
  const amara = await enter("amara", ENLARGED);
  expect(await amara.page.evaluate(() => devicePixelRatio)).toBe(4);
  const amaraSettled = new Settled(amara.page);
  await amara.sees(/\d+ things? waits? for you|Nothing waits/);
  await canBeUsed(amara, amaraSettled);
  const caseRef = await report(amara, SITE_MOCKS_ME);
  await canBeUsed(amara, amaraSettled);

  const helen = await enter("helen", ENLARGED);
  const helenSettled = new Settled(helen.page);
  await helen.goTo("/cases");
  await helen.sees(/^\d+ cases/);
  await canBeUsed(helen, helenSettled);
  await openCase(helen, caseRef);
  await canBeUsed(helen, helenSettled);
  await begin(helen, "Add a note");
  await canBeUsed(helen, helenSettled);
  await helen.press("Add this note");
  await expect(helen.heading("There is a problem")).toBeInViewport();
});
