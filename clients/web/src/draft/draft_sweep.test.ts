import { beforeEach, expect, test } from "vitest";
import { MemoryDraftStore } from "./draft_store.js";
import { sweepDrafts } from "./draft_sweep.js";
import { DraftVault } from "./draft_vault.js";

const DAY = 24 * 3_600_000;
const MONDAY = Date.UTC(2026, 9, 19);
const PASSWORD = "three words apart";

let store: MemoryDraftStore;
let today: number;

beforeEach(() => {
  store = new MemoryDraftStore();
  today = MONDAY;
});

const signIn = (person: string) => DraftVault.unlock(store, person, PASSWORD, () => today);
const countOf = async (prefix: string) =>
  (await store.names()).filter((name) => name.startsWith(prefix)).length;

test("a draft of before half-term is swept, whoever opens Wardbook then", async () => {
  const alice = await signIn("alice");
  await alice.write("report", { what: "typed" });
  await alice.write("inbox-filter", {}, "view");
  await sweepDrafts(store, MONDAY + 7 * DAY);
  expect(await alice.read("report")).toEqual({ what: "typed" });
  await DraftVault.lockAll(store);

  today = MONDAY + 8 * DAY;
  await signIn("bob");
  await sweepDrafts(store, today);
  expect((await store.names()).filter((name) => name.includes("alice"))).toEqual([]);
});

test("a file stays as long as its draft, and goes with it", async () => {
  const alice = await signIn("alice");
  await alice.write("report", { what: "typed" });
  await alice.writeBytes("file/1", new Uint8Array([1]), "draft", "report");
  today = MONDAY + 6 * DAY;
  await alice.write("report", { what: "typed again" });
  await sweepDrafts(store, MONDAY + 9 * DAY);
  expect(await alice.readBytes("file/1")).toEqual(new Uint8Array([1]));
  await sweepDrafts(store, MONDAY + 14 * DAY);
  expect(await countOf("draft/")).toBe(0);
});

test("what a clock dated ahead goes seven days after the clock was set right", async () => {
  const alice = await signIn("alice");
  today = MONDAY + 1_000 * DAY;
  await alice.write("report", { what: "typed" });
  await sweepDrafts(store, MONDAY);
  await sweepDrafts(store, MONDAY + 7 * DAY);
  expect(await alice.read("report")).toEqual({ what: "typed" });
  await sweepDrafts(store, MONDAY + 8 * DAY);
  expect(await alice.read("report")).toBeUndefined();
});

test("settings stay for a year after their person last signed in", async () => {
  const alice = await signIn("alice");
  await alice.write("filters", ["mine"], "setting");
  today = MONDAY + 300 * DAY;
  await signIn("alice");
  await sweepDrafts(store, MONDAY + 600 * DAY);
  expect(await countOf("setting/alice/")).toBe(1);
  await sweepDrafts(store, MONDAY + 666 * DAY);
  expect(await store.names()).toEqual(["keys/alice"]);
});

test("a draft that is written while others are swept stays", async () => {
  const alice = await signIn("alice");
  await alice.write("report", { what: "typed" });
  const [name = ""] = (await store.names()).filter((one) => one.startsWith("draft/"));
  const read = await store.get(name);
  today = MONDAY + 8 * DAY;
  await alice.write("report", { what: "typed in another tab" });
  // As if it had been read before that.
  const late = new (class extends MemoryDraftStore {
    override names = () => store.names();
    override get = async (one: string) => (one === name ? read : store.get(one));
    override change = (one: string, next: (value: unknown) => unknown) => store.change(one, next);
    override remove = (one: string) => store.remove(one);
  })();
  await sweepDrafts(late, today);
  expect(await alice.read("report")).toEqual({ what: "typed in another tab" });
});
