import { type DraftStore, MemoryDraftStore } from "./draft_store.js";

const DATABASE = "wardbook";
const TABLE = "drafts";

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// A full disk may be told only when the whole is to be written.
function written(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}

class IndexedDbStore implements DraftStore {
  readonly lasts = true;
  readonly #database: IDBDatabase;

  constructor(database: IDBDatabase) {
    this.#database = database;
  }

  #table(mode: IDBTransactionMode): IDBObjectStore {
    return this.#database.transaction(TABLE, mode).objectStore(TABLE);
  }

  async get(name: string): Promise<unknown> {
    return done(this.#table("readonly").get(name));
  }

  async put(name: string, value: unknown): Promise<void> {
    const table = this.#table("readwrite");
    table.put(value, name);
    await written(table.transaction);
  }

  async change(name: string, next: (value: unknown) => unknown): Promise<void> {
    const table = this.#table("readwrite");
    const reading = table.get(name);
    reading.onsuccess = () => {
      const value = next(reading.result);
      if (value === undefined) table.delete(name);
      else if (value !== reading.result) table.put(value, name);
    };
    await written(table.transaction);
  }

  async remove(name: string): Promise<void> {
    const table = this.#table("readwrite");
    table.delete(name);
    await written(table.transaction);
  }

  async names(): Promise<string[]> {
    return (await done(this.#table("readonly").getAllKeys())).map(String);
  }
}

export async function openDraftStore(): Promise<DraftStore> {
  try {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE);
    return new IndexedDbStore(await done(opening));
  } catch {
    return new MemoryDraftStore();
  }
}
