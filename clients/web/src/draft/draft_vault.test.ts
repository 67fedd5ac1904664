import { beforeEach, expect, test, vi } from "vitest";
import { MemoryDraftStore } from "./draft_store.js";
import { DraftVault } from "./draft_vault.js";

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

test("with a new code and password, drafts of the old one are removed", async () => {
  const vault = await DraftVault.unlock(store, "alice", "the old password");
  await vault.write("report", { what: "typed" });
  const again = await DraftVault.unlock(store, "alice", "another password");
  expect(await again.read("report")).toBeUndefined();
  expect((await store.names()).filter((name) => name.startsWith("draft/"))).toEqual([]);
});

test("a changed password opens what was typed before", async () => {
  const vault = await DraftVault.unlock(store, "alice", "the old password");
  await vault.write("report", { what: "typed" });
  await vault.reseal("the new password");
  const again = await DraftVault.unlock(store, "alice", "the new password");
  expect(await again.read("report")).toEqual({ what: "typed" });
});

test("signing out leaves nothing of the person", async () => {
  const vault = await DraftVault.unlock(store, "alice", "three words apart");
  await vault.write("report", { what: "typed" });
  await vault.erase();
  expect(await store.names()).toEqual([]);
});

test("a draft of before half-term is swept", async () => {
  const vault = await DraftVault.unlock(store, "alice", "three words apart");
  await vault.write("report", { what: "typed" });
  vi.spyOn(Date, "now").mockReturnValue(Date.now() + 8 * 24 * 3_600_000);
  const again = await DraftVault.unlock(store, "alice", "three words apart");
  expect(await again.read("report")).toBeUndefined();
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

test("a changed password opens settings, and a new code loses them", async () => {
  const vault = await DraftVault.unlock(store, "alice", "the old password");
  await vault.write("filters", ["mine"], "setting");
  await vault.reseal("the new password");
  const again = await DraftVault.unlock(store, "alice", "the new password");
  expect(await again.read("filters", "setting")).toEqual(["mine"]);

  const other = await DraftVault.unlock(store, "alice", "with a new code");
  expect(await other.read("filters", "setting")).toBeUndefined();
  expect((await store.names()).filter((name) => name.startsWith("setting/"))).toEqual([]);
});
