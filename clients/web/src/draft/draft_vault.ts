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

// The names of the drafts that are open now, and of those that stay shut because the person has
// begun the same anew.
export interface Opened {
  opened: string[];
  stayed: string[];
}

// The name of a draft is sealed with it, so that it can be found by who opens it later.
function packed(name: string, bytes: Bytes): Bytes {
  const head = utf8(name);
  const all = new Uint8Array(2 + head.length + bytes.length);
  new DataView(all.buffer).setUint16(0, head.length);
  all.set(head, 2);
  all.set(bytes, 2 + head.length);
  return all;
}

interface Unsealed {
  name: string;
  bytes: Bytes;
  savedAt: number;
}

const parsed = (bytes: Bytes): unknown => JSON.parse(new TextDecoder().decode(bytes));

function unpacked(all: Bytes): { name: string; bytes: Bytes } {
  const size = new DataView(all.buffer, all.byteOffset).getUint16(0);
  const name = new TextDecoder().decode(all.subarray(2, 2 + size));
  return { name, bytes: all.slice(2 + size) };
}

interface Named {
  name: string;
}

// A setting is a list of what has a name. Of two with the same name the newer one stays.
function joined(former: readonly Named[], own: readonly Named[]): Named[] {
  const names = new Set(own.map(({ name }) => name));
  return [...former.filter(({ name }) => !names.has(name)), ...own];
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
      for (const { id, secret } of others) await vault.#takeOver(await keysFrom(id, secret));
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

  // After the person signed in in another tab, perhaps with a password that was changed
  // elsewhere: what these keys sealed goes along. What does not stays under its lock.
  async renewed(): Promise<DraftVault> {
    const keys = (await this.#store.get(keysName(this.#person))) as Keys | undefined;
    if (keys === undefined || keys.id === this.#keys.id) return this;
    const vault = new DraftVault(this.#store, this.#person, keys, this.#now);
    try {
      await vault.#takeOver(this.#keys);
    } catch {
      // Where there is no room the former password opens it.
    }
    return vault;
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
    return (await this.#unsealed(this.#keys, await this.#nameOf(draft, kind)))?.bytes;
  }

  async writeBytes(name: string, bytes: Bytes, kind: Kind = "draft", of?: string): Promise<void> {
    await this.#put({ name, bytes, savedAt: this.#now() }, kind, of);
  }

  async read(draft: string, kind: Kind = "draft"): Promise<unknown> {
    const bytes = await this.readBytes(draft, kind);
    return bytes === undefined ? undefined : parsed(bytes);
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

  // Nothing where no other lock opens with this password.
  async openFormer(password: string): Promise<Opened | undefined> {
    const found = await locksThatOpen(this.#store, this.#person, password);
    const former = found.filter(({ id }) => id !== this.#keys.id);
    if (former.length === 0) return undefined;
    const all: Opened = { opened: [], stayed: [] };
    for (const { id, secret } of former) {
      const { opened, stayed } = await this.#takeOver(await keysFrom(id, secret));
      all.opened.push(...opened);
      all.stayed.push(...stayed);
    }
    return all;
  }

  // What cannot be opened, and every lock but the own one.
  async removeFormer(): Promise<void> {
    for (const kind of ["draft", "view", "setting"] as const) {
      for (const name of await this.#formerRows(kind)) await this.#store.remove(name);
    }
    const own = lockName(this.#person, this.#keys.id);
    for (const lock of await namesWith(this.#store, locksOf(this.#person))) {
      if (lock !== own) await this.#store.remove(lock);
    }
  }

  // Seals with the own keys what others sealed; each row is written before the other is removed.
  // The other lock stays for the sweep, because a tab may still write under it.
  async #takeOver(from: Keys): Promise<Opened> {
    const all = await this.#takeDrafts(from);
    for (const kind of ["view", "setting"] as const) {
      for (const rowName of await this.#rowsSealedWith(from, kind)) {
        const row = await this.#unsealed(from, rowName);
        if (row === undefined) continue;
        const own = await this.readBytes(row.name, kind);
        if (own === undefined) await this.#put(row, kind);
        else if (kind === "setting") {
          const both = joined(parsed(row.bytes) as Named[], parsed(own) as Named[]);
          await this.write(row.name, both, kind);
        }
        await this.#store.remove(rowName);
      }
    }
    return all;
  }

  // A draft of which there is a newer one stays where it is, and its files with it: nobody has
  // said which of the two they want.
  async #takeDrafts(from: Keys): Promise<Opened> {
    const owners = new Map<string, string | undefined>();
    for (const rowName of await this.#rowsSealedWith(from, "draft")) {
      owners.set(rowName, ((await this.#store.get(rowName)) as SealedRow).of);
    }
    const all: Opened = { opened: [], stayed: [] };
    for (const [rowName, owner] of owners) {
      if (owner !== undefined && owners.has(owner)) continue;
      const row = await this.#unsealed(from, rowName);
      if (row === undefined) continue;
      const target = await this.#nameOf(row.name, "draft");
      if ((await this.#store.get(target)) !== undefined) {
        all.stayed.push(row.name);
        continue;
      }
      // The files go first: as long as the draft lies here, the rest of them is found by it.
      for (const [fileName, of] of owners) {
        const file = of === rowName ? await this.#unsealed(from, fileName) : undefined;
        if (file === undefined) continue;
        await this.#put(file, "draft", row.name);
        await this.#store.remove(fileName);
      }
      await this.#put(row, "draft");
      await this.#store.remove(rowName);
      if (owner === undefined) all.opened.push(row.name);
    }
    return all;
  }

  async #rowsSealedWith(keys: Keys, kind: Kind): Promise<string[]> {
    return namesWith(this.#store, rowsUnder(kind, this.#person, keys.id));
  }

  async #unsealed(keys: Keys, rowName: string): Promise<Unsealed | undefined> {
    const row = (await this.#store.get(rowName)) as SealedRow | undefined;
    const opened = row === undefined ? undefined : await openFrom(rowName, keys.seal, row);
    if (row === undefined || opened === undefined) return undefined;
    return { ...unpacked(opened), savedAt: row.savedAt };
  }

  async #put({ name, bytes, savedAt }: Unsealed, kind: Kind, of?: string): Promise<void> {
    const rowName = await this.#nameOf(name, kind);
    const sealed = await sealFor(rowName, this.#keys.seal, packed(name, bytes));
    const owner = of === undefined ? {} : { of: await this.#nameOf(of, kind) };
    await this.#store.put(rowName, { ...sealed, ...owner, savedAt } satisfies SealedRow);
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
