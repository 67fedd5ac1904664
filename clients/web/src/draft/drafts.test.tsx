import { render, screen, waitFor } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import * as serverTime from "../api/server_time.js";
import { MemoryDraftStore } from "./draft_store.js";
import {
  formerKeptUntil,
  hasUnsent,
  isKeptInTabOnly,
  isOnlyHere,
  keepBytes,
  keepDraftsIn,
  openFormerDrafts,
  readBytes,
  readDraft,
  removeDraft,
  saveDraft,
  sweepOldDrafts,
  unlockDrafts,
} from "./drafts.js";
import { FormerDraftsNotice } from "./former_drafts_notice.js";
import { NotKeptNotice } from "./not_kept_notice.js";

// As a disk on which there is room, and then none, and then room again.
class DiskStore extends MemoryDraftStore {
  override readonly lasts = true;
  isFull = false;

  override put(name: string, value: unknown): Promise<void> {
    if (this.isFull) return Promise.reject(new DOMException("full", "QuotaExceededError"));
    return super.put(name, value);
  }
}

const NOT_KEPT = "What you type is not kept on this computer";

async function signedIn(): Promise<DiskStore> {
  const store = new DiskStore();
  keepDraftsIn(store);
  await unlockDrafts("alice", "three words apart");
  return store;
}

test("who types what cannot be kept is told once, until it is kept again", async () => {
  const store = await signedIn();
  render(<NotKeptNotice />);
  saveDraft("report", { what: "typed" });
  await readDraft("another");
  expect(screen.queryByText(NOT_KEPT)).toBeNull();

  store.isFull = true;
  saveDraft("report", { what: "typed on" });
  saveDraft("note", { text: "typed as well" });
  expect(
    (await screen.findByText(NOT_KEPT)).closest("[aria-live]")?.getAttribute("aria-live"),
  ).toBe("polite");
  await waitFor(() => expect(isOnlyHere("note")).toBe(true));
  store.isFull = false;
  saveDraft("report", { what: "typed on and on" });
  await waitFor(() => expect(screen.queryByText(NOT_KEPT)).toBeNull());
  expect(isOnlyHere("note")).toBe(false);
});

test("a browser that keeps nothing says so as soon as something is typed", async () => {
  render(<NotKeptNotice />);
  await unlockDrafts("alice", "three words apart");
  expect(screen.queryByText(NOT_KEPT)).toBeNull();
  saveDraft("report", { what: "typed" });
  await screen.findByText(NOT_KEPT);
  await removeDraft("report");
  await waitFor(() => expect(screen.queryByText(NOT_KEPT)).toBeNull());
});

test("what a list was narrowed to is nothing that anybody would miss", async () => {
  const store = await signedIn();
  store.isFull = true;
  saveDraft("inbox-filter", { words: "reed" });
  await readDraft("another");
  expect(isKeptInTabOnly.value).toBe(false);
  expect(await hasUnsent()).toBe(false);
});

test("what is kept of a file is in one place", async () => {
  const store = await signedIn();
  const file = new Blob(["seen"]);
  let reads = 0;
  file.arrayBuffer = async () => {
    reads += 1;
    return new TextEncoder().encode("seen").buffer;
  };
  store.isFull = true;
  await keepBytes("file/1", file, "report");
  expect(isOnlyHere("file/1")).toBe(true);
  expect(await readBytes("file/1")).toEqual(new TextEncoder().encode("seen"));
  store.isFull = false;
  await removeDraft("report");
  expect(isOnlyHere("file/1")).toBe(false);
  const before = reads;
  expect(await readBytes("file/1")).toEqual(new TextEncoder().encode("seen"));
  expect(reads).toBe(before);
});

test("who comes back with another password is told where what they typed is", async () => {
  await signedIn();
  saveDraft("report", { what: "typed" });
  await readDraft("another");
  await unlockDrafts("alice", "another password");
  render(<FormerDraftsNotice />);
  expect(formerKeptUntil.value).toBeGreaterThan(Date.now() + 6 * 24 * 3_600_000);
  screen.getByRole("link", { name: /former password/ });
  const opened = await openFormerDrafts("three words apart");
  expect(opened).toEqual({ opened: ["report"], stayed: [] });
  await waitFor(() => expect(screen.queryByRole("link")).toBeNull());
});

test("a sweep that takes what a former password sealed takes its notice along", async () => {
  const atServer = vi.spyOn(serverTime, "serverNow");
  const now = Date.now();
  atServer.mockReturnValue(now);
  await signedIn();
  saveDraft("report", { what: "typed" });
  await readDraft("another");
  await unlockDrafts("alice", "another password");
  render(<FormerDraftsNotice />);
  screen.getByText(/at the latest it is removed/);
  atServer.mockReturnValue(now + 8 * 24 * 3_600_000);
  await sweepOldDrafts();
  await waitFor(() => expect(screen.queryByText(/at the latest/)).toBeNull());
});
