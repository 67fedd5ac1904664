import { effect, signal } from "@preact/signals";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type Failure, failureOf } from "../api/refusal.js";

export interface Loaded<T> {
  value?: T;
  failure?: Failure;
  loading: boolean;
  reload(): void;
}

// What can be in an address or a choice.
type Named = string | number | bigint | boolean | undefined;

// How much of the page is still on its way, of what was not shown before.
export const awaited = signal(0);

// How many answers are on their way, also of what is shown already.
const underWay = signal(0);

// For whoever looks at the page from outside: it is not yet what it will be.
effect(() => {
  document.documentElement.toggleAttribute("data-under-way", underWay.value > 0);
});

// What the server answers, for the page that shows it. What was shown stays while it is
// asked again.
export function useLoaded<T>(load: () => Promise<T>, about: readonly Named[]): Loaded<T> {
  const [state, setState] = useState<{ value?: T; failure?: Failure; loading: boolean }>({
    loading: true,
  });
  const turn = useRef(0);
  const isAnswered = useRef(false);
  const isAwaited = useRef(false);

  const setAwaited = useCallback((next: boolean) => {
    if (next === isAwaited.current) return;
    isAwaited.current = next;
    awaited.value += next ? 1 : -1;
  }, []);

  // `about` stands for what `load` asks about. As text, because a number that is none is
  // not equal to itself, and would be asked about for ever.
  const reload = useCallback(() => {
    const mine = ++turn.current;
    setState((before) => ({ ...before, loading: true }));
    if (!isAnswered.current) setAwaited(true);
    underWay.value += 1;
    load()
      .then(
        (value) => {
          if (mine === turn.current) setState({ value, loading: false });
        },
        (error: unknown) => {
          if (mine === turn.current)
            setState((b) => ({ ...b, failure: failureOf(error), loading: false }));
        },
      )
      .finally(() => {
        underWay.value -= 1;
        if (mine !== turn.current) return;
        isAnswered.current = true;
        setAwaited(false);
      });
  }, [about.map(String).join("\n")]);

  useEffect(() => {
    reload();
    return () => {
      turn.current += 1;
      // Nobody waits any more for an answer that comes after the page has gone.
      setAwaited(false);
    };
  }, [reload]);

  return { ...state, reload };
}
