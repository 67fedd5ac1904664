import type { Page, Request } from "@playwright/test";

// The stream by which a browser is told of changes never ends.
const ENDLESS = /WatchCases$/;

// Knows when a page has been answered all that it asked for and has drawn it.
export class Settled {
  readonly #page: Page;
  readonly #waiting = new Set<Request>();

  constructor(page: Page) {
    this.#page = page;
    page.on("request", (request) => {
      if (!ENDLESS.test(request.url())) this.#waiting.add(request);
    });
    for (const end of ["requestfinished", "requestfailed"] as const) {
      page.on(end as "requestfinished", (request) => this.#waiting.delete(request));
    }
  }

  async wait(): Promise<void> {
    await this.#page.locator("h1").first().waitFor();
    for (;;) {
      // What an answer makes a page draw or ask for, it has done after two frames: effects
      // run in a task that follows the frame of what they belong to.
      await this.#page.evaluate(async () => {
        for (let frames = 0; frames < 2; frames += 1) {
          await new Promise((drawn) => requestAnimationFrame(drawn));
          await new Promise((done) => setTimeout(done));
        }
      });
      if (this.#waiting.size === 0) return;
      await Promise.all([...this.#waiting].map((request) => request.response().catch(() => null)));
    }
  }
}
