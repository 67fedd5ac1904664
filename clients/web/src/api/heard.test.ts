import { expect, test } from "vitest";
import { heard, SilenceError } from "./heard.js";

const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const stop = () => reject(new Error("aborted"));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop);
  });

async function* oneAndThenNothing(signal: AbortSignal) {
  yield 1;
  await never(signal);
}

test("a stream that says nothing more is given up", async () => {
  const got: number[] = [];
  const listening = (async () => {
    const { signal } = new AbortController();
    for await (const one of heard(oneAndThenNothing, { signal, silenceMs: 5 })) got.push(one);
  })();
  await expect(listening).rejects.toBeInstanceOf(SilenceError);
  expect(got).toEqual([1]);
});

test("time that the listener takes for itself is no silence", async () => {
  async function* two() {
    yield 1;
    yield 2;
  }
  const got: number[] = [];
  const { signal } = new AbortController();
  for await (const one of heard(two, { signal, silenceMs: 5 })) {
    got.push(one);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(got).toEqual([1, 2]);
});

test("whoever stops it stops the call, before and while it is heard", async () => {
  const stopped = new AbortController();
  let call: AbortSignal | undefined;
  const listening = (async () => {
    const stream = heard(
      (signal) => {
        call = signal;
        return oneAndThenNothing(signal);
      },
      { signal: stopped.signal, silenceMs: 60_000 },
    );
    for await (const _ of stream) stopped.abort();
  })();
  await expect(listening).rejects.toThrow("aborted");
  expect(call?.aborted).toBe(true);
  const before: boolean[] = [];
  const open = async function* (signal: AbortSignal) {
    before.push(signal.aborted);
    yield 1;
  };
  const stream = heard(open, { signal: stopped.signal, silenceMs: 60_000 });
  await stream.next();
  expect(before).toEqual([true]);
});

test("whoever listens no longer leaves no call open", async () => {
  let call: AbortSignal | undefined;
  const { signal } = new AbortController();
  const stream = heard(
    (until) => {
      call = until;
      return oneAndThenNothing(until);
    },
    { signal, silenceMs: 60_000 },
  );
  for await (const _ of stream) break;
  expect(call?.aborted).toBe(true);
});
