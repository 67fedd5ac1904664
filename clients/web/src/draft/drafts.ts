import type { DraftStore } from "./draft_store.js";
import { DraftVault } from "./draft_vault.js";
import { openDraftStore } from "./indexed_db_store.js";

let store: Promise<DraftStore> | undefined;
let vault: DraftVault | undefined;
const waiting = new Map<string, unknown>();
// What this tab has written or read, so that the next page has it at once, and has it also
// where the browser keeps nothing.
const here = new Map<string, unknown>();
// What is being written, one draft after the other; nothing while all is.
let writing: Promise<void> | undefined;

function theStore(): Promise<DraftStore> {
  store ??= openDraftStore();
  return store;
}

export function keepDraftsIn(next: DraftStore): void {
  store = Promise.resolve(next);
  vault = undefined;
  waiting.clear();
  here.clear();
}

export async function unlockDrafts(person: string, password: string): Promise<void> {
  vault = await DraftVault.unlock(await theStore(), person, password);
}

export async function resumeDrafts(person: string): Promise<void> {
  vault = await DraftVault.resume(await theStore(), person);
}

export async function lockDrafts(): Promise<void> {
  const flushed = flushDrafts();
  here.clear();
  await flushed;
  vault = undefined;
  await DraftVault.lockAll(await theStore());
}

export async function eraseDrafts(): Promise<void> {
  waiting.clear();
  here.clear();
  await writing;
  await vault?.erase();
  vault = undefined;
  await DraftVault.lockAll(await theStore());
}

// For a new password, without which nobody could open them.
export async function resealDrafts(password: string): Promise<void> {
  await flushDrafts();
  vault = await vault?.reseal(password);
}

// Written at once, and while that takes only the newest waits: a tab that is closed in the
// middle of a word has the word before it.
export function saveDraft(name: string, value: unknown): void {
  waiting.set(name, value);
  here.set(name, value);
  void flushDrafts();
}

export function flushDrafts(): Promise<void> {
  writing ??= writeWaiting().finally(() => {
    writing = undefined;
  });
  return writing;
}

async function writeWaiting(): Promise<void> {
  for (;;) {
    const [next] = waiting;
    if (next === undefined) return;
    const [name, value] = next;
    waiting.delete(name);
    // A browser that keeps no more has it in this tab all the same.
    await vault?.write(name, value).catch(() => undefined);
  }
}

export async function readDraft(name: string): Promise<unknown> {
  if (here.has(name)) return here.get(name);
  await writing;
  return vault?.read(name);
}

export async function removeDraft(name: string): Promise<void> {
  waiting.delete(name);
  here.delete(name);
  await writing;
  await vault?.remove(name);
}

// What a person has set up for themselves, such as the filters that they saved: it stays when
// they sign out, sealed, and opens with their password.
export async function readSetting(name: string): Promise<unknown> {
  return vault?.read(name, "setting");
}

export async function saveSetting(name: string, value: unknown): Promise<void> {
  await vault?.write(name, value, "setting");
}

export async function keepBytes(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  here.set(name, bytes);
  await vault?.writeBytes(name, bytes);
}

export async function readBytes(name: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = here.get(name);
  if (bytes instanceof Uint8Array) return bytes as Uint8Array<ArrayBuffer>;
  return vault?.readBytes(name);
}
