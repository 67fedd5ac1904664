import { hexOf } from "../words/hex.js";
import {
  type DraftLock,
  type Keys,
  keysFrom,
  makeLock,
  type OpenedLock,
  openLock,
  withOpener,
} from "./draft_lock.js";
import type { DraftStore } from "./draft_store.js";
import { DRAFT_KEPT_MS } from "./draft_sweep.js";
import {
  KEYS,
  type Kind,
  keysName,
  lockName,
  lockOfRow,
  locksOf,
  rowsOf,
  rowsUnder,
} from "./row_names.js";
import { type Bytes, openFrom, randomBytes, type SealedRow, sealFor, utf8 } from "./sealed.js";

type Clock = () => number;

export type FormerOpened = "wrong password" | "all" | "all but what was begun anew";

// The name of a draft is sealed with it, so that it can be found by who opens it later.
function packed(name: string, bytes: Bytes): Bytes {
  const head = utf8(name);
  const all = new Uint8Array(2 + head.length + bytes.length);
  new DataView(all.buffer).setUint16(0, head.length);
  all.set(head, 2);
  all.set(bytes, 2 + head.length);
  return all;
}

function unpacked(all: Bytes): { name: string; bytes: Bytes } {
  const size = new DataView(all.buffer, all.byteOffset).getUint16(0);
  const name = new TextDecoder().decode(all.subarray(2, 2 + size));
  return { name, bytes: all.slice(2 + size) };
}

async function namesWith(store: DraftStore, prefix: string): Promise<string[]> {
  return (await store.names()).filter((name) => name.startsWith(prefix));
}

interface Found extends OpenedLock {
  rowName: string;
  id: string;
}

async function locksThatOpen(
  store: DraftStore,
  person: string,
  password: string,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const rowName of await namesWith(store, locksOf(person))) {
    const lock = (await store.get(rowName)) as DraftLock;
    const opened = await openLock(rowName, lock, password);
    const id = rowName.slice(locksOf(person).length);
    if (opened !== undefined) found.push({ ...opened, rowName, id });
  }
  return found;
}

// One person's drafts on this computer, which others may use. They are sealed with a random
// key, and that with the person's password; it cannot be read out of the browser, and stays
// only while the session does. Who opens the store without the password finds nothing that
// can be read, not even for which case there is a draft.
export class DraftVault {
  readonly #store: DraftStore;
  readonly #person: string;
  readonly #keys: Keys;
  readonly #now: Clock;

  private constructor(store: DraftStore, person: string, keys: Keys, now: Clock) {
    this.#store = store;
    this.#person = person;
    this.#keys = keys;
    this.#now = now;
  }

  // After signing in: the server has just said that this is the password. What another one
  // sealed stays until it is swept, because the person may remember that one.
  static async unlock(
    store: DraftStore,
    person: string,
    password: string,
    now: Clock = Date.now,
  ): Promise<DraftVault> {
    const [found, ...others] = await locksThatOpen(store, person, password);
    let keys: Keys;
    if (found === undefined) {
      const id = hexOf(randomBytes(8));
      const rowName = lockName(person, id);
      const { lock, secret } = await makeLock(rowName, password, now());
      await store.put(rowName, lock);
      keys = await keysFrom(id, secret);
    } else {
      keys = await keysFrom(found.id, found.secret);
    }
    const vault = new DraftVault(store, person, keys, now);
    try {
      if (found !== undefined) {
        await store.put(found.rowName, { openers: [found.by], savedAt: now() } satisfies DraftLock);
      }
      await store.put(keysName(person), keys);
      for (const other of others) await vault.#takeOver(other);
      await vault.#dropEmptyLocks();
    } catch {
      // A full disk is no reason not to show what is there.
    }
    return vault;
  }

  // After a page was loaded anew in a session that goes on.
  static async resume(
    store: DraftStore,
    person: string,
    now: Clock = Date.now,
  ): Promise<DraftVault | undefined> {
    const keys = (await store.get(keysName(person))) as Keys | undefined;
    return keys === undefined ? undefined : new DraftVault(store, person, keys, now);
  }

  // When a session has ended: the drafts stay sealed, and nothing here opens them.
  static async lockAll(store: DraftStore): Promise<void> {
    for (const name of await namesWith(store, KEYS)) await store.remove(name);
  }

  async #nameOf(draft: string, kind: Kind): Promise<string> {
    const mac = await crypto.subtle.sign("HMAC", this.#keys.naming, utf8(draft));
    return `${rowsUnder(kind, this.#person, this.#keys.id)}${hexOf(new Uint8Array(mac))}`;
  }

  async #rows(kind: Kind): Promise<string[]> {
    return namesWith(this.#store, rowsOf(kind, this.#person));
  }

  // What only a former password opens.
  async #formerRows(kind: Kind): Promise<string[]> {
    const own = rowsUnder(kind, this.#person, this.#keys.id);
    return (await this.#rows(kind)).filter((name) => !name.startsWith(own));
  }

  async readBytes(draft: string, kind: Kind = "draft"): Promise<Bytes | undefined> {
    const name = await this.#nameOf(draft, kind);
    const row = (await this.#store.get(name)) as SealedRow | undefined;
    const opened = row === undefined ? undefined : await openFrom(name, this.#keys.seal, row);
    return opened === undefined ? undefined : unpacked(opened).bytes;
  }

  async writeBytes(draft: string, bytes: Bytes, kind: Kind = "draft", of?: string): Promise<void> {
    const name = await this.#nameOf(draft, kind);
    const sealed = await sealFor(name, this.#keys.seal, packed(draft, bytes));
    const owner = of === undefined ? {} : { of: await this.#nameOf(of, kind) };
    const row: SealedRow = { ...sealed, ...owner, savedAt: this.#now() };
    await this.#store.put(name, row);
  }

  async read(draft: string, kind: Kind = "draft"): Promise<unknown> {
    const bytes = await this.readBytes(draft, kind);
    return bytes === undefined ? undefined : JSON.parse(new TextDecoder().decode(bytes));
  }

  async write(draft: string, value: unknown, kind: Kind = "draft"): Promise<void> {
    await this.writeBytes(draft, utf8(JSON.stringify(value)), kind);
  }

  async remove(draft: string, kind: Kind = "draft"): Promise<void> {
    await this.#store.remove(await this.#nameOf(draft, kind));
  }

  // Before the password is changed: from now on both open the drafts, until somebody signs in
  // with one of them. One row is written, and no draft is touched.
  async alsoOpenWith(newPassword: string, oldPassword: string): Promise<void> {
    for (const { rowName, ...opened } of await locksThatOpen(
      this.#store,
      this.#person,
      oldPassword,
    )) {
      const lock = (await this.#store.get(rowName)) as DraftLock;
      await this.#store.put(rowName, await withOpener(rowName, lock, opened, newPassword));
    }
  }

  // When the last draft goes that only a former password opens; nothing where there is none.
  async formerKeptUntil(): Promise<number | undefined> {
    let newest: number | undefined;
    for (const name of await this.#formerRows("draft")) {
      const row = (await this.#store.get(name)) as SealedRow | undefined;
      if (row !== undefined) newest = Math.max(newest ?? 0, row.savedAt);
    }
    return newest === undefined ? undefined : newest + DRAFT_KEPT_MS;
  }

  async openFormer(password: string): Promise<FormerOpened> {
    const found = await locksThatOpen(this.#store, this.#person, password);
    const former = found.filter(({ id }) => id !== this.#keys.id);
    if (former.length === 0) return "wrong password";
    let isAll = true;
    for (const one of former) isAll = (await this.#takeOver(one)) && isAll;
    await this.#dropEmptyLocks();
    return isAll ? "all" : "all but what was begun anew";
  }

  async removeFormer(): Promise<void> {
    for (const name of await this.#formerRows("draft")) await this.#store.remove(name);
    await this.#dropEmptyLocks();
  }

  // Seals with the own key what another one sealed; each row is written before the other is
  // removed. A draft of which there is a newer one stays where it is: nobody has said which
  // of the two they want. Whether there was none.
  async #takeOver(from: { id: string; secret: Bytes }): Promise<boolean> {
    const keys = await keysFrom(from.id, from.secret);

    const moved = new Map<string, string>();
    let isAll = true;
    const move = async (name: string, kind: Kind, row: SealedRow) => {
      const opened = await openFrom(name, keys.seal, row);
      if (opened === undefined) return;
      const target = await this.#nameOf(unpacked(opened).name, kind);
      const isTaken = (await this.#store.get(target)) !== undefined;
      if (isTaken && kind === "draft") {
        isAll = false;
        return;
      }
      if (!isTaken) {
        const of = row.of === undefined ? undefined : moved.get(row.of);
        const sealed = await sealFor(target, this.#keys.seal, opened);
        const owner = of === undefined ? {} : { of };
        await this.#store.put(target, { ...sealed, ...owner, savedAt: row.savedAt });
      }
      moved.set(name, target);
      await this.#store.remove(name);
    };
    for (const kind of ["draft", "view", "setting"] as const) {
      const names = await namesWith(this.#store, rowsUnder(kind, this.#person, from.id));
      const files: string[] = [];
      for (const name of names) {
        const row = (await this.#store.get(name)) as SealedRow;
        if (row.of === undefined) await move(name, kind, row);
        else files.push(name);
      }
      for (const name of files) {
        const row = (await this.#store.get(name)) as SealedRow;
        // A file stays with its draft.
        if (row.of !== undefined && names.includes(row.of) && !moved.has(row.of)) continue;
        await move(name, kind, row);
      }
    }
    return isAll;
  }

  // Settings under a former password are of no use without drafts: nobody is asked for that
  // password then.
  async #dropEmptyLocks(): Promise<void> {
    const drafts = [...(await this.#formerRows("draft"))].map(lockOfRow);
    const own = lockName(this.#person, this.#keys.id);
    for (const lock of await namesWith(this.#store, locksOf(this.#person))) {
      if (lock === own || drafts.includes(lock)) continue;
      for (const kind of ["view", "setting"] as const) {
        for (const name of await this.#formerRows(kind)) {
          if (lockOfRow(name) === lock) await this.#store.remove(name);
        }
      }
      await this.#store.remove(lock);
    }
  }

  async hasDrafts(): Promise<boolean> {
    return (await this.#rows("draft")).length > 0;
  }

  // When the person signs out: nothing that they typed stays on this computer, and no key.
  // The lock stays while there are settings, which nobody could open without it.
  async erase(): Promise<void> {
    // First what opens them: whoever closes the tab now leaves nothing that can be read.
    await this.#store.remove(keysName(this.#person));
    for (const kind of ["draft", "view"] as const) {
      for (const name of await this.#rows(kind)) await this.#store.remove(name);
    }
    const used = (await this.#rows("setting")).map(lockOfRow);
    for (const lock of await namesWith(this.#store, locksOf(this.#person))) {
      if (!used.includes(lock)) await this.#store.remove(lock);
    }
  }
}
