const TICK_MS = 5_000;
// Less is a clock of the day that was set right, or a sleep so short that a session of an hour is
// none the worse for it.
const APART_MS = 30_000;

// Calls when somebody comes back to the tab, or the computer wakes: the clock that nobody sets
// stands still in some browsers while a computer sleeps, so that only the server knows how much
// of a session is left. A clock of the day that was set looks the same, and does no harm.
export function onWake(then: () => void): () => void {
  const stop = new AbortController();
  document.addEventListener(
    "visibilitychange",
    () => {
      if (document.visibilityState === "visible") then();
    },
    { signal: stop.signal },
  );
  const apart = () => Date.now() - performance.now();
  let before = apart();
  const timer = setInterval(() => {
    const now = apart();
    if (Math.abs(now - before) > APART_MS) then();
    before = now;
  }, TICK_MS);
  return () => {
    stop.abort();
    clearInterval(timer);
  };
}
