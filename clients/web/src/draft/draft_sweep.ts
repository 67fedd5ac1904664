import type { DraftLock } from "./draft_lock.js";
import type { DraftStore } from "./draft_store.js";
import { LOCKS, lockOfRow } from "./row_names.js";
import type { SealedRow } from "./sealed.js";

const DAY_MS = 24 * 3_600_000;

// Whoever comes back after half-term begins anew.
export const DRAFT_KEPT_MS = 7 * DAY_MS;
// Who has not signed in here for a year does not come back to this computer.
const SETTING_KEPT_MS = 365 * DAY_MS;

interface Dated {
  savedAt: number;
  of?: string;
}

// Removes what is too old, of everybody who uses this computer: for that nothing has to be
// opened. `now` is the server's time, so that a computer with a wrong clock loses nothing.
export async function sweepDrafts(store: DraftStore, now: number): Promise<void> {
  const names = await store.names();
  const locks = new Map<string, Dated>();
  const drafts = new Map<string, Dated>();
  const settings: string[] = [];
  for (const name of names) {
    const isLock = name.startsWith(LOCKS);
    if (name.startsWith("setting/")) settings.push(name);
    if (!isLock && !/^(draft|view)\//.test(name)) continue;
    const row = (await store.get(name)) as SealedRow | DraftLock | undefined;
    if (row === undefined) continue;
    const dated = await setBack(store, name, row, now);
    (isLock ? locks : drafts).set(name, dated);
  }

  const isYoung = (row: Dated | undefined, keptMs: number) =>
    row !== undefined && now - row.savedAt <= keptMs;
  const used = new Set<string>();
  for (const [name, row] of drafts) {
    const lock = lockOfRow(name);
    // A file is as old as the draft that it belongs to.
    const draft = row.of === undefined ? undefined : drafts.get(row.of);
    const isKept = isYoung(row, DRAFT_KEPT_MS) || isYoung(draft, DRAFT_KEPT_MS);
    if (isKept && locks.has(lock)) used.add(lock);
    else await removeAsRead(store, name, row);
  }
  for (const name of settings) {
    const lock = lockOfRow(name);
    if (isYoung(locks.get(lock), SETTING_KEPT_MS)) used.add(lock);
    else await store.remove(name);
  }
  for (const [name, row] of locks) {
    // A session that began with it is long over, so nobody writes under it now.
    if (!used.has(name) && !isYoung(row, DRAFT_KEPT_MS)) await removeAsRead(store, name, row);
  }
}

// A row from the future was written before the server's clock was set right: its days are
// counted from now.
async function setBack(store: DraftStore, name: string, row: Dated, now: number): Promise<Dated> {
  if (row.savedAt <= now) return row;
  await store.change(name, (value) => value && { ...value, savedAt: now });
  return { ...row, savedAt: now };
}

// Nothing that another tab has written since it was read.
async function removeAsRead(store: DraftStore, name: string, read: Dated): Promise<void> {
  await store.change(name, (value) =>
    (value as Dated | undefined)?.savedAt === read.savedAt ? undefined : value,
  );
}
