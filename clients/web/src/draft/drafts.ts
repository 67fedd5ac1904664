import { computed, signal } from "@preact/signals";
import { serverNow } from "../api/server_time.js";
import { type Leaving, onLeaving } from "../session/leaving.js";
import type { DraftStore } from "./draft_store.js";
import { sweepDrafts } from "./draft_sweep.js";
import { DraftVault, type Opened } from "./draft_vault.js";
import { openDraftStore } from "./indexed_db_store.js";

let store: Promise<DraftStore> | undefined;
let vault: DraftVault | undefined;

// A file that was chosen for a draft, read when it is sealed and not before.
class ChosenBytes {
  readonly file: Blob;
  readonly draft: string;

  constructor(file: Blob, draft: string) {
    this.file = file;
    this.draft = draft;
  }
}

// What is kept like a draft and is nothing that anybody would send.
const NEVER_SENT = ["inbox-filter"];
const kindOf = (name: string) => (NEVER_SENT.includes(name) ? "view" : "draft");
const isSendable = (name: string) => kindOf(name) === "draft";

const waiting = new Map<string, unknown>();
// What this tab has written, so that the next page has it at once, and has it also where the
// browser keeps nothing.
const here = new Map<string, unknown>();
// Those of `here` that could not be written: they are nowhere else.
const unkept = signal<ReadonlySet<string>>(new Set());
const storeLasts = signal(true);
const isTyped = signal(false);
const formerUntil = signal<number | undefined>(undefined);
// What is being written, one draft after the other; nothing while all is.
let writing: Promise<void> | undefined;
let locking: Promise<void> | undefined;

// Whether something that was typed is lost when the tab is closed.
export const isKeptInTabOnly = computed(
  () => [...unkept.value].some(isSendable) || (!storeLasts.value && isTyped.value),
);

// Until when something is kept that only a former password of the person opens.
export const formerKeptUntil = computed(() => formerUntil.value);

const now = () => serverNow() ?? Date.now();

function noteTyped(): void {
  isTyped.value = [...here.keys()].some(isSendable);
}

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
  formerUntil.value = undefined;
  noteTyped();
});

export function keepDraftsIn(next: DraftStore): void {
  store = Promise.resolve(next);
  storeLasts.value = next.lasts;
  vault = undefined;
  waiting.clear();
  here.clear();
  unkept.value = new Set();
  formerUntil.value = undefined;
  noteTyped();
}

// What is too old goes, whoever typed it. Only the server says what day it is.
export async function sweepOldDrafts(): Promise<void> {
  const today = serverNow();
  if (today === undefined) return;
  try {
    await sweepDrafts(await theStore(), today);
  } catch {
    // It is sealed, and goes at the next start.
  }
  await noteFormer();
}

// A browser that keeps nothing is no reason not to let somebody in: what they type lasts as
// long as the tab, and they are told.
export async function unlockDrafts(person: string, password: string): Promise<void> {
  await locking;
  vault = undefined;
  try {
    vault = await DraftVault.unlock(await theStore(), person, password, now);
  } catch {
    return;
  }
  await noteFormer();
  await writeUnkept();
}

// In a session that goes on: after the page was loaded anew, or somebody signed in in another tab.
// Nothing is read or written meanwhile.
export async function resumeDrafts(person: string): Promise<void> {
  await locking;
  while (writing !== undefined) await writing;
  writing = resume(person)
    .then(() => {
      tryUnkept();
      return writeWaiting();
    })
    .finally(() => {
      writing = undefined;
    });
  await writing;
  await noteFormer();
}

async function resume(person: string): Promise<void> {
  try {
    if (vault === undefined) vault = await DraftVault.resume(await theStore(), person, now);
    else vault = await vault.renewed();
  } catch {
    // What is typed stays in the tab, and that is told.
  }
}

async function noteFormer(): Promise<void> {
  try {
    formerUntil.value = await vault?.formerKeptUntil();
  } catch {
    formerUntil.value = undefined;
  }
}

// Nothing where it is not a password that somebody had here.
export async function openFormerDrafts(password: string): Promise<Opened | undefined> {
  try {
    return await vault?.openFormer(password);
  } finally {
    await noteFormer();
  }
}

export async function removeFormerDrafts(): Promise<void> {
  await vault?.removeFormer();
  await noteFormer();
}

function tryUnkept(): void {
  for (const name of unkept.value) {
    if (here.has(name) && !waiting.has(name)) waiting.set(name, here.get(name));
  }
}

async function writeUnkept(): Promise<void> {
  tryUnkept();
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
export function eraseDrafts(): Promise<boolean> {
  const erasing = erase();
  locking = erasing.then(() => undefined);
  return erasing;
}

async function erase(): Promise<boolean> {
  waiting.clear();
  await writing;
  const erasing = vault;
  vault = undefined;
  formerUntil.value = undefined;
  try {
    await erasing?.erase();
    await DraftVault.lockAll(await theStore());
    return true;
  } catch {
    return false;
  }
}

// Before the server is told of a new password: whether or not its answer comes, what was typed
// opens at the next sign-in.
export async function alsoOpenDraftsWith(newPassword: string, oldPassword: string): Promise<void> {
  try {
    await vault?.alsoOpenWith(newPassword, oldPassword);
  } catch {
    // The former password opens them, and is asked for.
  }
}

// Written at once, and while that takes only the newest waits: a tab that is closed in the
// middle of a word has the word before it.
export function saveDraft(name: string, value: unknown): void {
  waiting.set(name, value);
  here.set(name, value);
  noteTyped();
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
    const wasUnkept = unkept.value.has(name);
    const isWritten = await writeTo(vault, name, value);
    // A draft that was removed meanwhile is not missed.
    note(name, isWritten || !here.has(name));
    if (!isWritten) continue;
    // The bytes lie there now; whoever shows the file has the file itself.
    if (value instanceof ChosenBytes && here.get(name) === value) here.delete(name);
    // There is room again.
    if (wasUnkept) tryUnkept();
  }
}

async function writeTo(to: DraftVault | undefined, name: string, value: unknown): Promise<boolean> {
  if (to === undefined) return false;
  try {
    if (value instanceof ChosenBytes) {
      const bytes = new Uint8Array(await value.file.arrayBuffer());
      await to.writeBytes(name, bytes, "draft", value.draft);
    } else {
      await to.write(name, value, kindOf(name));
    }
    return true;
  } catch {
    return false;
  }
}

export async function readDraft(name: string): Promise<unknown> {
  if (here.has(name)) return here.get(name);
  await writing;
  return vault?.read(name, kindOf(name));
}

export async function removeDraft(name: string): Promise<void> {
  waiting.delete(name);
  here.delete(name);
  noteTyped();
  note(name, true);
  await writing;
  try {
    await vault?.remove(name, kindOf(name));
  } catch {
    // It is sealed, and is swept like every draft.
  }
  // What did not fit may fit now.
  if (unkept.value.size > 0) await writeUnkept();
}

// Whether the person has typed or chosen something, here or earlier, that was not sent.
export async function hasUnsent(): Promise<boolean> {
  if (isTyped.value) return true;
  await writing;
  try {
    return (await vault?.hasDrafts()) ?? false;
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

// Of a file that was chosen for the draft, and goes with it.
export async function keepBytes(name: string, file: Blob, draft: string): Promise<void> {
  saveDraft(name, new ChosenBytes(file, draft));
  await flushDrafts();
}

// Whether it could not be written, and is lost when the tab is closed.
export function isOnlyHere(name: string): boolean {
  return unkept.value.has(name);
}

export async function readBytes(name: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = here.get(name);
  if (bytes instanceof ChosenBytes) return new Uint8Array(await bytes.file.arrayBuffer());
  await writing;
  return vault?.readBytes(name);
}
