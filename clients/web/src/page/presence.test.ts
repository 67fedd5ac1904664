import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isSomebodyThere, onceSomebodyIsThere } from "./presence.js";

beforeEach(() => {
  vi.useFakeTimers();
  dispatchEvent(new Event("keydown"));
});
afterEach(() => {
  vi.useRealTimers();
});

test("a page that somebody uses asks at once", () => {
  const ask = vi.fn();
  onceSomebodyIsThere(ask);
  expect(ask).toHaveBeenCalledTimes(1);
});

test("a page that was left asks once, when somebody is back", () => {
  vi.advanceTimersByTime(16 * 60_000);
  expect(isSomebodyThere()).toBe(false);
  const ask = vi.fn();
  onceSomebodyIsThere(ask);
  expect(ask).not.toHaveBeenCalled();
  dispatchEvent(new Event("pointerdown"));
  dispatchEvent(new Event("keydown"));
  expect(ask).toHaveBeenCalledTimes(1);
});

test("what was called off is not asked", () => {
  vi.advanceTimersByTime(16 * 60_000);
  const ask = vi.fn();
  onceSomebodyIsThere(ask)();
  dispatchEvent(new Event("keydown"));
  expect(ask).not.toHaveBeenCalled();
});
