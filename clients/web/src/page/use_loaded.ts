import { signal } from "@preact/signals";
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

// What the server answers, for the page that shows it. What was shown stays while it is
// asked again.
export function useLoaded<T>(load: () => Promise<T>, about: readonly Named[]): Loaded<T> {
  const [state, setState] = useState<{ value?: T; failure?: Failure; loading: boolean }>({
    loading: true,
  });
  const turn = useRef(0);
  const isAnswered = useRef(false);

  // `about` stands for what `load` asks about. As text, because a number that is none is
  // not equal to itself, and would be asked about for ever.
  const reload = useCallback(() => {
    const mine = ++turn.current;
    setState((before) => ({ ...before, loading: true }));
    const isFirst = !isAnswered.current;
    if (isFirst) awaited.value += 1;
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
        isAnswered.current = true;
        if (isFirst) awaited.value -= 1;
      });
  }, [about.map(String).join("\n")]);

  useEffect(() => {
    reload();
    return () => {
      turn.current += 1;
    };
  }, [reload]);

  return { ...state, reload };
}
