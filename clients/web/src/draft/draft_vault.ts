import type { DraftStore } from "./draft_store.js";

// As OWASP has it for PBKDF2 with SHA-256; 0.2 s on a school laptop, once at sign-in.
const ITERATIONS = 600_000;

// Whoever comes back after half-term begins anew.
const DRAFT_KEPT_MS = 7 * 24 * 3_600_000;
// Who has not signed in here for a year does not come back to this computer.
const SETTING_KEPT_MS = 365 * 24 * 3_600_000;

interface Keys {
  seal: CryptoKey;
  naming: CryptoKey;
}

// What is typed and not sent, or what a person has set up for themselves. Drafts go when they
// sign out; settings stay for the next time, sealed like the drafts.
type Kind = "draft" | "setting";

interface SealedDraft {
  iv: Uint8Array<ArrayBuffer>;
  sealed: ArrayBuffer;
  savedAt: number;
}

type Bytes = Uint8Array<ArrayBuffer>;

const utf8 = (text: string): Bytes => new TextEncoder().encode(text) as Bytes;

const hexOf = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// The name is sealed with the draft, so that a vault can be sealed anew as a whole.
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

async function keysFrom(password: string, salt: Bytes): Promise<Keys> {
  const typed = await crypto.subtle.importKey("raw", utf8(password), "PBKDF2", false, [
    "deriveBits",
  ]);
  const bits = await crypto.subtle.deriveBits(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: ITERATIONS },
    typed,
    512,
  );
  const hmac = { name: "HMAC", hash: "SHA-256" };
  return {
    seal: await crypto.subtle.importKey("raw", bits.slice(0, 32), "AES-GCM", false, [
      "encrypt",
      "decrypt",
    ]),
    naming: await crypto.subtle.importKey("raw", bits.slice(32), hmac, false, ["sign"]),
  };
}

// One person's drafts on this computer, which others may use. They are sealed with a key
// that is made of the person's password and cannot be read out of the browser; it stays
// only while the session does. Who opens the store without the password finds nothing that
// can be read, not even for which case there is a draft.
export class DraftVault {
  readonly #store: DraftStore;
  readonly #person: string;
  readonly #keys: Keys;

  private constructor(store: DraftStore, person: string, keys: Keys) {
    this.#store = store;
    this.#person = person;
    this.#keys = keys;
  }

  // After signing in with the password. Drafts that another password sealed are removed:
  // nobody can open them any more.
  static async unlock(store: DraftStore, person: string, password: string): Promise<DraftVault> {
    const saltName = `salt/${person}`;
    let salt = (await store.get(saltName)) as Bytes | undefined;
    if (salt === undefined) {
      salt = crypto.getRandomValues(new Uint8Array(16)) as Bytes;
      await store.put(saltName, salt);
    }
    const keys = await keysFrom(password, salt);
    await store.put(`keys/${person}`, keys);
    const vault = new DraftVault(store, person, keys);
    await vault.#sweep();
    return vault;
  }

  // After a page was loaded anew in a session that goes on.
  static async resume(store: DraftStore, person: string): Promise<DraftVault | undefined> {
    const keys = (await store.get(`keys/${person}`)) as Keys | undefined;
    return keys === undefined ? undefined : new DraftVault(store, person, keys);
  }

  // When a session has ended: the drafts stay sealed, and nothing here opens them.
  static async lockAll(store: DraftStore): Promise<void> {
    for (const name of await store.names()) {
      if (name.startsWith("keys/")) await store.remove(name);
    }
  }

  async #nameOf(draft: string, kind: Kind): Promise<string> {
    const mac = await crypto.subtle.sign("HMAC", this.#keys.naming, utf8(draft));
    return `${this.#prefix(kind)}${hexOf(mac)}`;
  }

  #prefix(kind: Kind): string {
    return `${kind}/${this.#person}/`;
  }

  async #ownNames(kind: Kind): Promise<string[]> {
    return (await this.#store.names()).filter((name) => name.startsWith(this.#prefix(kind)));
  }

  async #sweep(): Promise<void> {
    for (const kind of ["draft", "setting"] as const) {
      const keptMs = kind === "draft" ? DRAFT_KEPT_MS : SETTING_KEPT_MS;
      for (const name of await this.#ownNames(kind)) {
        const row = (await this.#store.get(name)) as SealedDraft | undefined;
        const isOld = row === undefined || Date.now() - row.savedAt > keptMs;
        if (isOld || (await this.#open(row)) === undefined) await this.#store.remove(name);
      }
    }
  }

  async #open(row: SealedDraft): Promise<Bytes | undefined> {
    try {
      const algorithm = { name: "AES-GCM", iv: row.iv };
      return new Uint8Array(await crypto.subtle.decrypt(algorithm, this.#keys.seal, row.sealed));
    } catch {
      return undefined;
    }
  }

  async readBytes(draft: string, kind: Kind = "draft"): Promise<Bytes | undefined> {
    const name = await this.#nameOf(draft, kind);
    const row = (await this.#store.get(name)) as SealedDraft | undefined;
    const opened = row === undefined ? undefined : await this.#open(row);
    return opened === undefined ? undefined : unpacked(opened).bytes;
  }

  async writeBytes(draft: string, bytes: Bytes, kind: Kind = "draft"): Promise<void> {
    const iv = crypto.getRandomValues(new Uint8Array(12)) as Bytes;
    const algorithm = { name: "AES-GCM", iv };
    const sealed = await crypto.subtle.encrypt(algorithm, this.#keys.seal, packed(draft, bytes));
    const row: SealedDraft = { iv, sealed, savedAt: Date.now() };
    await this.#store.put(await this.#nameOf(draft, kind), row);
  }

  async read(draft: string, kind: Kind = "draft"): Promise<unknown> {
    const bytes = await this.readBytes(draft, kind);
    return bytes === undefined ? undefined : JSON.parse(new TextDecoder().decode(bytes));
  }

  async write(draft: string, value: unknown, kind: Kind = "draft"): Promise<void> {
    await this.writeBytes(draft, utf8(JSON.stringify(value)), kind);
  }

  // For a new password: the same drafts and settings, sealed with it.
  async reseal(password: string): Promise<DraftVault> {
    const kept: { kind: Kind; name: string; bytes: Bytes }[] = [];
    for (const kind of ["draft", "setting"] as const) {
      for (const stored of await this.#ownNames(kind)) {
        const row = (await this.#store.get(stored)) as SealedDraft | undefined;
        const opened = row === undefined ? undefined : await this.#open(row);
        if (opened !== undefined) kept.push({ kind, ...unpacked(opened) });
        await this.#store.remove(stored);
      }
    }
    await this.erase();
    const vault = await DraftVault.unlock(this.#store, this.#person, password);
    for (const { kind, name, bytes } of kept) await vault.writeBytes(name, bytes, kind);
    return vault;
  }

  // Whether there is any besides these.
  async hasDrafts(besides: readonly string[]): Promise<boolean> {
    const known = await Promise.all(besides.map((name) => this.#nameOf(name, "draft")));
    return (await this.#ownNames("draft")).some((name) => !known.includes(name));
  }

  async remove(draft: string): Promise<void> {
    await this.#store.remove(await this.#nameOf(draft, "draft"));
  }

  // When the person signs out: nothing that they typed stays on this computer, and no key.
  // The salt stays while there are settings, which nobody could open without it.
  async erase(): Promise<void> {
    // First what opens them: whoever closes the tab now leaves nothing that can be read.
    await this.#store.remove(`keys/${this.#person}`);
    for (const name of await this.#ownNames("draft")) await this.#store.remove(name);
    if ((await this.#ownNames("setting")).length === 0) {
      await this.#store.remove(`salt/${this.#person}`);
    }
  }
}
