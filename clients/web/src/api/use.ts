import type { Interceptor } from "@connectrpc/connect";
import { signal } from "@preact/signals";
import { isSessionEnd } from "./refusal.js";

// When the server last answered a call of this browser's session, in any tab: it ends a
// session that nobody uses. By the clock of the tab that nobody sets.
export const lastUse = signal(performance.now());

type Listener = () => void;
let sessionEndListener: Listener = () => {};

export function onSessionEnd(listener: Listener): void {
  sessionEndListener = listener;
}

const channel =
  typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("wardbook-use");
channel?.addEventListener("message", (event: MessageEvent<unknown>) => {
  if (typeof event.data !== "number") return;
  // Also where the clock of the day was set between the beginnings of the two tabs.
  const used = Math.min(event.data - performance.timeOrigin, performance.now());
  if (used > lastUse.value) lastUse.value = used;
});

// A stream that stays open is no use of the session: nobody may be looking at it.
export const noteUse: Interceptor = (next) => async (request) => {
  const response = await next(request);
  if (!response.stream) {
    lastUse.value = performance.now();
    channel?.postMessage(performance.timeOrigin + lastUse.value);
  }
  return response;
};

function noteError(error: unknown): never {
  if (isSessionEnd(error)) sessionEndListener();
  throw error;
}

// The session may also end while a stream is read.
async function* watched<T>(messages: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* messages;
  } catch (error) {
    noteError(error);
  }
}

export const watchForSessionEnd: Interceptor = (next) => async (request) => {
  try {
    const response = await next(request);
    return response.stream ? { ...response, message: watched(response.message) } : response;
  } catch (error) {
    return noteError(error);
  }
};
