// Where sealed drafts lie. Every name and value is opaque here.
export interface DraftStore {
  // Whether what is put there is still there when the tab was closed.
  readonly lasts: boolean;
  get(name: string): Promise<unknown>;
  put(name: string, value: unknown): Promise<void>;
  // Puts what `next` makes of what is there, or removes it if that is nothing. No other tab
  // comes in between.
  change(name: string, next: (value: unknown) => unknown): Promise<void>;
  remove(name: string): Promise<void>;
  names(): Promise<string[]>;
}

// For a browser that keeps nothing, such as a private window: drafts last as long as the tab.
// Each reading gives another object, as IndexedDB does.
export class MemoryDraftStore implements DraftStore {
  readonly lasts: boolean = false;
  readonly #rows = new Map<string, unknown>();

  async get(name: string): Promise<unknown> {
    return structuredClone(this.#rows.get(name));
  }

  async put(name: string, value: unknown): Promise<void> {
    this.#rows.set(name, value);
  }

  async change(name: string, next: (value: unknown) => unknown): Promise<void> {
    const value = next(this.#rows.get(name));
    if (value === undefined) this.#rows.delete(name);
    else this.#rows.set(name, value);
  }

  async remove(name: string): Promise<void> {
    this.#rows.delete(name);
  }

  async names(): Promise<string[]> {
    return [...this.#rows.keys()];
  }
}
