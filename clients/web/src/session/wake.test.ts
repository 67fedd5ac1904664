import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { onWake } from "./wake.js";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("a computer that slept is noticed by its two clocks, and one that did not is not", () => {
  const woken = vi.fn();
  const stop = onWake(woken);
  vi.advanceTimersByTime(3_600_000);
  expect(woken).not.toHaveBeenCalled();
  // The clock of the day went on while nothing else did.
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(5_000);
  expect(woken).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(3_600_000);
  expect(woken).toHaveBeenCalledTimes(1);
  stop();
});

test("only a tab that is looked at counts, and none that was left", () => {
  const woken = vi.fn();
  const stop = onWake(woken);
  const visibility = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  document.dispatchEvent(new Event("visibilitychange"));
  expect(woken).not.toHaveBeenCalled();
  visibility.mockReturnValue("visible");
  document.dispatchEvent(new Event("visibilitychange"));
  expect(woken).toHaveBeenCalledTimes(1);
  stop();
  document.dispatchEvent(new Event("visibilitychange"));
  expect(woken).toHaveBeenCalledTimes(1);
});
