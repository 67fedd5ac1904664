import type { Interceptor } from "@connectrpc/connect";
import { signal } from "@preact/signals";
import { isSessionEnd } from "./refusal.js";

// When the server last answered a call of this browser's session, in any tab: it ends a
// session that nobody uses.
export const lastUse = signal(Date.now());

type Listener = () => void;
let sessionEndListener: Listener = () => {};

export function onSessionEnd(listener: Listener): void {
  sessionEndListener = listener;
}

const channel =
  typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("wardbook-use");
channel?.addEventListener("message", (event: MessageEvent<unknown>) => {
  if (typeof event.data === "number" && event.data > lastUse.value) lastUse.value = event.data;
});

// A stream that stays open is no use of the session: nobody may be looking at it.
export const noteUse: Interceptor = (next) => async (request) => {
  const response = await next(request);
  if (!response.stream) {
    lastUse.value = Date.now();
    channel?.postMessage(lastUse.value);
  }
  return response;
};

export const watchForSessionEnd: Interceptor = (next) => async (request) => {
  try {
    return await next(request);
  } catch (error) {
    if (isSessionEnd(error)) sessionEndListener();
    throw error;
  }
};
