import { beforeEach, expect, test, vi } from "vitest";
import type { DraftLock } from "./draft_lock.js";
import { MemoryDraftStore } from "./draft_store.js";
import { sweepDrafts } from "./draft_sweep.js";
import { DraftVault } from "./draft_vault.js";

const DAY = 24 * 3_600_000;

let store: MemoryDraftStore;

beforeEach(() => {
  store = new MemoryDraftStore();
});

async function everythingStored(): Promise<string> {
  const parts: string[] = [];
  for (const name of await store.names()) {
    const row = (await store.get(name)) as { sealed?: ArrayBuffer };
    parts.push(name, row.sealed === undefined ? "" : new TextDecoder("latin1").decode(row.sealed));
  }
  return parts.join("\n");
}

test("a draft comes back after the session has ended and the same person signs in", async () => {
  const vault = await DraftVault.unlock(store, "alice", "three words apart");
  await vault.write("note WB-7K4D-9QX2", { text: "He wrote to her again" });
  await DraftVault.lockAll(store);
  expect(await DraftVault.resume(store, "alice")).toBeUndefined();

  const again = await DraftVault.unlock(store, "alice", "three words apart");
  expect(await again.read("note WB-7K4D-9QX2")).toEqual({ text: "He wrote to her again" });
});

test("nothing of a draft can be read in the store, nor which case it is for", async () => {
  const vault = await DraftVault.unlock(store, "alice", "three words apart");
  await vault.write("note WB-7K4D-9QX2", { text: "He wrote to her again" });
  const stored = await everythingStored();
  expect(stored).toContain("draft/alice/");
  expect(stored).not.toContain("wrote");
  expect(stored).not.toContain("7K4D");
});

test("the key cannot be read out of the browser", async () => {
  await DraftVault.unlock(store, "alice", "three words apart");
  const keys = (await store.get("keys/alice")) as { seal: CryptoKey };
  expect(keys.seal.extractable).toBe(false);
  await expect(crypto.subtle.exportKey("raw", keys.seal)).rejects.toThrow();
});

test("another person's drafts stay theirs", async () => {
  const alice = await DraftVault.unlock(store, "alice", "three words apart");
  await alice.write("report", { what: "private" });
  const bob = await DraftVault.unlock(store, "bob", "three words apart");
  expect(await bob.read("report")).toBeUndefined();
  await bob.erase();
  expect(await alice.read("report")).toEqual({ what: "private" });
});

test("with a new code and password, drafts of the old one stay shut", async () => {
  const vault = await DraftVault.unlock(store, "alice", "the old password", () => 1_000);
  await vault.write("report", { what: "typed" });
  await vault.writeBytes("file/1", new Uint8Array([7]), "draft", "report");
  const again = await DraftVault.unlock(store, "alice", "another password", () => 2_000);
  expect(await again.read("report")).toBeUndefined();
  expect(await again.formerKeptUntil()).toBe(1_000 + 7 * DAY);

  expect(await again.openFormer("some other password")).toBeUndefined();
  expect(await again.read("report")).toBeUndefined();
  const opened = await again.openFormer("the old password");
  expect(opened).toEqual({ opened: ["report"], stayed: [] });
  expect(await again.read("report")).toEqual({ what: "typed" });
  expect(await again.readBytes("file/1")).toEqual(new Uint8Array([7]));
  expect(await again.formerKeptUntil()).toBeUndefined();
  const later = await DraftVault.unlock(store, "alice", "another password");
  expect(await later.read("report")).toEqual({ what: "typed" });
});

test("what was begun anew is not replaced by what a former password opens", async () => {
  const vault = await DraftVault.unlock(store, "alice", "the old password");
  await vault.write("report", { what: "old" });
  await vault.writeBytes("file/1", new Uint8Array([7]), "draft", "report");
  await vault.write("note", { text: "only once" });
  const again = await DraftVault.unlock(store, "alice", "another password");
  await again.write("report", { what: "new" });
  const first = await again.openFormer("the old password");
  expect(first).toEqual({ opened: ["note"], stayed: ["report"] });
  expect(await again.read("report")).toEqual({ what: "new" });
  expect(await again.readBytes("file/1")).toBeUndefined();
  expect(await again.read("note")).toEqual({ text: "only once" });

  await again.remove("report");
  const then = await again.openFormer("the old password");
  expect(then).toEqual({ opened: ["report"], stayed: [] });
  expect(await again.read("report")).toEqual({ what: "old" });
  expect(await again.readBytes("file/1")).toEqual(new Uint8Array([7]));
});

test("what a former password sealed is removed when the person says so", async () => {
  const vault = await DraftVault.unlock(store, "alice", "the old password");
  await vault.write("report", { what: "typed" });
  await vault.write("filters", ["mine"], "setting");
  const again = await DraftVault.unlock(store, "alice", "another password");
  await again.write("note", { text: "kept" });
  await again.removeFormer();
  expect(await again.formerKeptUntil()).toBeUndefined();
  expect(await again.openFormer("the old password")).toBeUndefined();
  expect(await again.read("note")).toEqual({ text: "kept" });
  expect((await store.names()).filter((name) => name.startsWith("setting/"))).toEqual([]);
});

test("a changed password writes one row, and other tabs go on", async () => {
  const vault = await DraftVault.unlock(store, "alice", "the old password");
  const otherTab = await DraftVault.resume(store, "alice");
  await vault.write("report", { what: "typed" });
  const put = vi.spyOn(store, "put");
  await vault.alsoOpenWith("the new password", "the old password");
  expect(put.mock.calls.map(([name]) => name.split("/")[0])).toEqual(["lock"]);
  await otherTab?.write("note", { text: "in another tab" });

  const again = await DraftVault.unlock(store, "alice", "the new password");
  expect(await again.read("report")).toEqual({ what: "typed" });
  expect(await again.read("note")).toEqual({ text: "in another tab" });
});

test.each(["the old password", "the new password"])(
  "whether or not a new password was taken, %s opens, and then it alone",
  async (right) => {
    const vault = await DraftVault.unlock(store, "alice", "the old password");
    await vault.write("report", { what: "typed" });
    // The answer to the first was lost, and whoever tries again is refused.
    await vault.alsoOpenWith("the new password", "the old password");
    await vault.alsoOpenWith("yet another password", "the old password");
    const again = await DraftVault.unlock(store, "alice", right);
    expect(await again.read("report")).toEqual({ what: "typed" });

    const wrong = await DraftVault.unlock(store, "alice", "yet another password");
    expect(await wrong.read("report")).toBeUndefined();
  },
);

test("rows that change places do not open", async () => {
  const alice = await DraftVault.unlock(store, "alice", "three words apart");
  await alice.write("note WB-1", { text: "of the first case" });
  await alice.write("note WB-2", { text: "of the second case" });
  const [first = "", second = ""] = (await store.names()).filter((one) => one.startsWith("draft/"));
  const [firstRow, secondRow] = [await store.get(first), await store.get(second)];
  await store.put(first, secondRow);
  await store.put(second, firstRow);
  expect(await alice.read("note WB-1")).toBeUndefined();
  expect(await alice.read("note WB-2")).toBeUndefined();
  await store.put(first, firstRow);
  await store.put(second, secondRow);
  expect(await alice.read("note WB-1")).toEqual({ text: "of the first case" });
});

test("the lock of one person does not open as that of another", async () => {
  const alice = await DraftVault.unlock(store, "alice", "the same password");
  await alice.write("report", { what: "private" });
  for (const name of await store.names()) {
    await store.put(name.replace("/alice/", "/bob/"), await store.get(name));
  }
  const bob = await DraftVault.unlock(store, "bob", "the same password");
  expect(await bob.read("report")).toBeUndefined();
});

test("signing out leaves nothing of the person", async () => {
  const vault = await DraftVault.unlock(store, "alice", "three words apart");
  await vault.write("report", { what: "typed" });
  await vault.erase();
  expect(await store.names()).toEqual([]);
});

test("a setting stays when the person signs out, and opens with their password alone", async () => {
  const vault = await DraftVault.unlock(store, "alice", "three words apart");
  await vault.write("filters", [{ name: "About Tom Reed" }], "setting");
  await vault.write("report", { what: "typed" });
  await vault.erase();
  expect(await everythingStored()).not.toContain("Tom Reed");
  expect((await store.names()).filter((name) => /^(draft|keys)/.test(name))).toEqual([]);

  const again = await DraftVault.unlock(store, "alice", "three words apart");
  expect(await again.read("filters", "setting")).toEqual([{ name: "About Tom Reed" }]);
  expect(await again.read("report")).toBeUndefined();
});

test("a changed password opens settings, and after a new code the former one does", async () => {
  const vault = await DraftVault.unlock(store, "alice", "the old password");
  await vault.write("filters", [{ name: "Mine" }, { name: "Overdue", is: "old" }], "setting");
  await vault.alsoOpenWith("the new password", "the old password");
  const again = await DraftVault.unlock(store, "alice", "the new password");
  expect(await again.read("filters", "setting")).toHaveLength(2);

  const other = await DraftVault.unlock(store, "alice", "with a new code");
  expect(await other.read("filters", "setting")).toBeUndefined();
  await other.write("filters", [{ name: "Overdue", is: "new" }], "setting");
  await other.openFormer("the new password");
  expect(await other.read("filters", "setting")).toEqual([
    { name: "Mine" },
    { name: "Overdue", is: "new" },
  ]);
});

test("a tab that goes on when the password was changed elsewhere loses nothing", async () => {
  const tab = await DraftVault.unlock(store, "alice", "the old password");
  await DraftVault.unlock(store, "alice", "with a new code");
  // It has not heard of that yet.
  await tab.write("report", { what: "typed" });
  await tab.writeBytes("file/1", new Uint8Array([7]), "draft", "report");
  const renewed = await tab.renewed();
  expect(await renewed.read("report")).toEqual({ what: "typed" });
  const later = await DraftVault.unlock(store, "alice", "with a new code");
  expect(await later.read("report")).toEqual({ what: "typed" });
  expect(await later.readBytes("file/1")).toEqual(new Uint8Array([7]));
});

test("what a tab writes after a change elsewhere opens with the former password", async () => {
  const tab = await DraftVault.unlock(store, "alice", "the old password");
  const other = await DraftVault.unlock(store, "alice", "with a new code");
  await tab.write("report", { what: "typed" });
  await other.openFormer("the old password");
  expect(await other.read("report")).toEqual({ what: "typed" });
});

test("a disk that is full in the middle parts no file from its draft", async () => {
  const former = await DraftVault.unlock(store, "alice", "the old password", () => 0);
  await former.write("report", { what: "typed" });
  await former.writeBytes("file/1", new Uint8Array([1]), "draft", "report");
  await former.writeBytes("file/2", new Uint8Array([2]), "draft", "report");
  const again = await DraftVault.unlock(store, "alice", "with a new code", () => 1_000);
  const put = store.put.bind(store);
  for (const puts of [0, 1, 1]) {
    let left = puts;
    store.put = async (name, value) => {
      if (left === 0) throw new DOMException("full", "QuotaExceededError");
      left -= 1;
      await put(name, value);
    };
    await expect(again.openFormer("the old password")).rejects.toThrow("full");
  }
  store.put = put;
  expect(await again.openFormer("the old password")).toEqual({ opened: ["report"], stayed: [] });
  await again.write("report", { what: "typed on" });
  // Files are as old as they were, and stay for their draft alone.
  await sweepDrafts(store, 7 * DAY + 500);
  expect(await again.readBytes("file/1")).toEqual(new Uint8Array([1]));
  expect(await again.readBytes("file/2")).toEqual(new Uint8Array([2]));
});

test("of the passwords that were tried the one that opened is kept once", async () => {
  const vault = await DraftVault.unlock(store, "alice", "the old password");
  await vault.alsoOpenWith("the second", "the old password");
  await vault.alsoOpenWith("the third", "the old password");
  const [lock = ""] = (await store.names()).filter((name) => name.startsWith("lock/"));
  expect(((await store.get(lock)) as DraftLock).openers).toHaveLength(3);
});
