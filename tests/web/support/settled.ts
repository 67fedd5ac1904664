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
      // What an answer makes a page draw or ask for, it does within two frames.
      await this.#page.evaluate(
        () =>
          new Promise<void>((drawn) =>
            requestAnimationFrame(() => requestAnimationFrame(() => drawn())),
          ),
      );
      if (this.#waiting.size === 0) return;
      await Promise.all([...this.#waiting].map((request) => request.response().catch(() => null)));
    }
  }
}
