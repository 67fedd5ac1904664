import type { Page, Request } from "@playwright/test";

// The stream by which a browser is told of changes never ends.
const ENDLESS = /WatchCases$/;

// Knows when a page has been answered all that it asked for and has drawn it.
export class Settled {
  readonly #page: Page;
  readonly #waiting = new Set<Request>();
  // How many requests have begun or ended.
  #changes = 0;

  constructor(page: Page) {
    this.#page = page;
    page.on("request", (request) => {
      if (ENDLESS.test(request.url())) return;
      this.#waiting.add(request);
      this.#changes += 1;
    });
    for (const end of ["requestfinished", "requestfailed"] as const) {
      page.on(end as "requestfinished", (request) => {
        if (this.#waiting.delete(request)) this.#changes += 1;
      });
    }
  }

  async wait(): Promise<void> {
    await this.#page.locator("h1").first().waitFor();
    for (;;) {
      const before = this.#changes;
      // What an answer makes a page draw or ask for, it has done after two frames: effects
      // run in a task that follows the frame of what they belong to.
      const isUnderWay = await this.#page.evaluate(async () => {
        for (let frames = 0; frames < 2; frames += 1) {
          await new Promise((drawn) => requestAnimationFrame(drawn));
          await new Promise((done) => setTimeout(done));
        }
        // What was asked for page by page, or one after the other, between two requests.
        return document.querySelector("[data-under-way], main[aria-busy=true]") !== null;
      });
      if (isUnderWay) continue;
      // An answer that ended meanwhile may not have been drawn yet.
      if (this.#waiting.size === 0 && this.#changes === before) return;
      await Promise.all([...this.#waiting].map((request) => request.response().catch(() => null)));
    }
  }
}
