import { act, cleanup, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Layout } from "./layout.js";
import { Page } from "./page.js";
import { RouteView } from "./route.js";
import { useLoaded } from "./use_loaded.js";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const pass = (ms: number) =>
  act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });

function Slow() {
  useLoaded(() => new Promise<string>(() => {}), []);
  return <Page heading="Slow">Content</Page>;
}

// A screen reader says what changes in a part that was there before, and that is not busy.
function spoken(): string[] {
  return screen
    .getAllByRole("status")
    .filter((one) => one.closest("[aria-busy=true]") === null)
    .map((one) => one.textContent ?? "")
    .filter((text) => text !== "");
}

test("what takes long is said in one part that is there from the first", async () => {
  let arrive = (_: typeof Slow) => {};
  const load = () =>
    new Promise<typeof Slow>((resolve) => {
      arrive = resolve;
    });
  render(
    <Layout>
      <RouteView routes={[{ pattern: "/slow", load }]} address="/slow" />
    </Layout>,
  );
  const parts = screen.getAllByRole("status");
  expect(spoken()).toEqual([]);
  await pass(400);
  expect(spoken()).toEqual([]);
  await pass(200);
  expect(spoken()).toEqual(["This page is on its way."]);
  arrive(Slow);
  await pass(0);
  expect(screen.getByRole("heading", { name: "Slow" })).toBeTruthy();
  expect(spoken()).toEqual([]);
  await pass(600);
  expect(spoken()).toEqual(["Wardbook is looking it up."]);
  expect(screen.getAllByRole("status")).toEqual(parts);
});
