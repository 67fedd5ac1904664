import { type BrowserContext, expect, type Page } from "@playwright/test";

// What must never happen while somebody uses the pages, whatever they do.
export class Watched {
  readonly #faults: string[] = [];
  readonly #expected: RegExp[] = [];
  readonly #who: string;

  private constructor(who: string) {
    this.#who = who;
  }

  static async over(context: BrowserContext, who: string, origin: string): Promise<Watched> {
    const watched = new Watched(who);
    // Besides the console, because a page could have a listener of its own that stops it.
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`policy violated: ${event.violatedDirective} by ${event.blockedURI}`);
      });
    });
    context.on("page", (page) => watched.#listen(page, origin));
    return watched;
  }

  #listen(page: Page, origin: string): void {
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.#note(message.text());
    });
    page.on("pageerror", (error) => this.#note(`${error.message}\n${error.stack ?? ""}`));
    page.on("dialog", (dialog) => {
      this.#note(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      const { protocol, origin: asked } = new URL(request.url());
      if (protocol !== "blob:" && asked !== origin) this.#note(`asked ${asked}`);
    });
  }

  #note(fault: string): void {
    if (!this.#expected.some((one) => one.test(fault))) this.#faults.push(fault);
  }

  // Where a test takes the line or the server away, the browser complains.
  expectComplaint(about: RegExp): void {
    this.#expected.push(about);
  }

  expectNone(): void {
    expect(this.#faults, `what went wrong in the browser of ${this.#who}`).toEqual([]);
  }
}

// What a browser says of its own accord when the line is gone or the server is.
export const LOST_LINE = /net::ERR_|Failed to fetch|Failed to load resource/;
