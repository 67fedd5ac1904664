import { computed, signal } from "@preact/signals";
import { type Leaving, onLeaving } from "../session/leaving.js";
import type { DraftStore } from "./draft_store.js";
import { DraftVault } from "./draft_vault.js";
import { openDraftStore } from "./indexed_db_store.js";

let store: Promise<DraftStore> | undefined;
let vault: DraftVault | undefined;
const waiting = new Map<string, unknown>();
// What this tab has written, so that the next page has it at once, and has it also where the
// browser keeps nothing.
const here = new Map<string, unknown>();
// Those of `here` that could not be written: they are nowhere else.
const unkept = signal<ReadonlySet<string>>(new Set());
const storeLasts = signal(true);
// What is being written, one draft after the other; nothing while all is.
let writing: Promise<void> | undefined;
let locking: Promise<void> | undefined;

// Whether something that was typed is lost when the tab is closed.
export const isKeptInTabOnly = computed(
  () => unkept.value.size > 0 || (!storeLasts.value && here.size > 0),
);

function note(name: string, isWritten: boolean): void {
  if (unkept.value.has(name) === !isWritten) return;
  const names = new Set(unkept.value);
  if (isWritten) names.delete(name);
  else names.add(name);
  unkept.value = names;
}

function theStore(): Promise<DraftStore> {
  store ??= openDraftStore().then((opened) => {
    storeLasts.value = opened.lasts;
    return opened;
  });
  return store;
}

// What could not be written waits for the person who typed it, and for nobody else.
onLeaving((how: Leaving) => {
  const lost = how === "gone" ? new Set<string>() : unkept.value;
  for (const name of [...here.keys()]) {
    if (!lost.has(name)) here.delete(name);
  }
  if (how === "gone") {
    waiting.clear();
    unkept.value = new Set();
  }
});

export function keepDraftsIn(next: DraftStore): void {
  store = Promise.resolve(next);
  storeLasts.value = next.lasts;
  vault = undefined;
  waiting.clear();
  here.clear();
  unkept.value = new Set();
}

// A browser that keeps nothing is no reason not to let somebody in: what they type lasts as
// long as the tab, and they are told.
export async function unlockDrafts(person: string, password: string): Promise<void> {
  await locking;
  vault = undefined;
  try {
    vault = await DraftVault.unlock(await theStore(), person, password);
  } catch {
    return;
  }
  await writeUnkept();
}

export async function resumeDrafts(person: string): Promise<void> {
  try {
    vault = await DraftVault.resume(await theStore(), person);
  } catch {
    vault = undefined;
  }
}

async function writeUnkept(): Promise<void> {
  for (const name of unkept.value) {
    if (here.has(name)) waiting.set(name, here.get(name));
  }
  await flushDrafts();
}

// When a session has ended, or the person leaves and wants to find again what they typed.
export function lockDrafts(): Promise<void> {
  locking = lock();
  return locking;
}

async function lock(): Promise<void> {
  await flushDrafts();
  vault = undefined;
  try {
    await DraftVault.lockAll(await theStore());
  } catch {
    // The keys are dropped when Wardbook is opened next.
  }
}

// Whether all is erased: a store that fails may still have what is sealed.
export async function eraseDrafts(): Promise<boolean> {
  waiting.clear();
  await writing;
  const erasing = vault;
  vault = undefined;
  try {
    await erasing?.erase();
    await DraftVault.lockAll(await theStore());
    return true;
  } catch {
    return false;
  }
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
    const isWritten = await writeTo(vault, name, value);
    // A draft that was removed meanwhile is not missed.
    note(name, isWritten || !here.has(name));
  }
}

async function writeTo(to: DraftVault | undefined, name: string, value: unknown): Promise<boolean> {
  if (to === undefined) return false;
  try {
    if (value instanceof Uint8Array) await to.writeBytes(name, value as Uint8Array<ArrayBuffer>);
    else await to.write(name, value);
    return true;
  } catch {
    return false;
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
  note(name, true);
  await writing;
  try {
    await vault?.remove(name);
  } catch {
    // It is sealed, and is swept like every draft.
  }
}

// What is kept like a draft and is nothing that anybody would send.
const NEVER_SENT = ["inbox-filter"];

// Whether the person has typed or chosen something, here or earlier, that was not sent.
export async function hasUnsent(): Promise<boolean> {
  if ([...here.keys()].some((name) => !NEVER_SENT.includes(name))) return true;
  await writing;
  try {
    return (await vault?.hasDrafts(NEVER_SENT)) ?? false;
  } catch {
    return false;
  }
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
  saveDraft(name, bytes);
  await flushDrafts();
}

// Whether it could not be written, and is lost when the tab is closed.
export function isOnlyHere(name: string): boolean {
  return unkept.value.has(name);
}

export async function readBytes(name: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = here.get(name);
  if (bytes instanceof Uint8Array) return bytes as Uint8Array<ArrayBuffer>;
  await writing;
  return vault?.readBytes(name);
}
