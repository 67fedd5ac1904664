import type { BrowserContext } from "@playwright/test";

// Everything that a browser was sent by the server's answers, streams that never end included:
// kept by the page itself, because a stream has no end at which it could be read.
export class Received {
  readonly #parts: string[] = [];

  static async over(context: BrowserContext): Promise<Received> {
    const received = new Received();
    await context.exposeFunction("wardbookReceived", (part: string) => {
      received.#parts.push(part);
    });
    await context.addInitScript(() => {
      const tell = (globalThis as unknown as Record<string, (part: string) => void>)
        .wardbookReceived as (part: string) => void;
      const fetched = globalThis.fetch;
      globalThis.fetch = async (...request) => {
        const answer = await fetched(...request);
        for (const [name, value] of answer.headers) tell(`${name}: ${value}`);
        const read = answer.clone().body?.getReader();
        const bytes = new TextDecoder("latin1");
        const drain = async () => {
          for (;;) {
            const part = await read?.read();
            if (part === undefined || part.done) return;
            tell(bytes.decode(part.value));
          }
        };
        void drain().catch(() => {});
        return answer;
      };
    });
    return received;
  }

  get size(): number {
    return this.#parts.join("").length;
  }

  // Parts are joined: a text may have been cut in two on its way.
  has(text: string): boolean {
    return this.#parts.join("").includes(text);
  }
}
