// Nothing has come for too long.
export class SilenceError extends Error {}

interface Hearing {
  // Stops the call for good.
  signal: AbortSignal;
  silenceMs: number;
}

// What a stream brings until it ends. A line that is lost without a word never ends one: throws
// SilenceError when nothing has come for `silenceMs`.
export async function* heard<T>(
  open: (signal: AbortSignal) => AsyncIterable<T>,
  { signal, silenceMs }: Hearing,
): AsyncGenerator<T> {
  const call = new AbortController();
  const stop = () => call.abort(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listen = () => {
    timer = setTimeout(() => call.abort(new SilenceError()), silenceMs);
  };
  try {
    listen();
    for await (const message of open(call.signal)) {
      clearTimeout(timer);
      yield message;
      listen();
    }
  } catch (error) {
    throw call.signal.reason instanceof SilenceError ? call.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    // Whoever listens no longer leaves no call open.
    call.abort();
  }
}
