// Whether anybody is at the page. What it asks the server by itself counts as use, and would
// keep a session alive on a computer that everybody has left.
const AWAY_MS = 15 * 60_000;
const TOUCHES = ["keydown", "pointerdown"];

let lastTouch = Date.now();
for (const kind of TOUCHES) {
  globalThis.addEventListener?.(kind, () => {
    lastTouch = Date.now();
  });
}

export function isSomebodyThere(): boolean {
  return Date.now() - lastTouch < AWAY_MS;
}

// At once, or when the page is touched again; what is given back calls it off.
export function onceSomebodyIsThere(then: () => void): () => void {
  if (isSomebodyThere()) {
    then();
    return () => {};
  }
  const waiting = new AbortController();
  for (const kind of TOUCHES) {
    addEventListener(
      kind,
      () => {
        waiting.abort();
        then();
      },
      { signal: waiting.signal },
    );
  }
  return () => waiting.abort();
}
