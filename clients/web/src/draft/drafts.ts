import type { DraftStore } from "./draft_store.js";
import { DraftVault } from "./draft_vault.js";
import { openDraftStore } from "./indexed_db_store.js";

// A power cut loses no more, however fast somebody types.
const UNSAVED_MS_MAX = 400;

let store: Promise<DraftStore> | undefined;
let vault: DraftVault | undefined;
const waiting = new Map<string, unknown>();
// What this tab has written or read, so that the next page has it at once, and has it also
// where the browser keeps nothing.
const here = new Map<string, unknown>();
let timer: ReturnType<typeof setTimeout> | undefined;
// One at a time, in the order of the changes.
let writing: Promise<void> = Promise.resolve();

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
  clearTimeout(timer);
  timer = undefined;
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

export function saveDraft(name: string, value: unknown): void {
  waiting.set(name, value);
  here.set(name, value);
  timer ??= setTimeout(flushDrafts, UNSAVED_MS_MAX);
}

export function flushDrafts(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const changes = [...waiting];
  waiting.clear();
  const to = vault;
  writing = writing.then(async () => {
    for (const [name, value] of changes) await to?.write(name, value);
  });
  return writing;
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

if (typeof addEventListener !== "undefined") {
  addEventListener("pagehide", () => void flushDrafts());
  addEventListener("visibilitychange", () => void flushDrafts());
}
