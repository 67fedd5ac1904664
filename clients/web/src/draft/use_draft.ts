import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { readDraft, removeDraft, saveDraft } from "./drafts.js";

export interface Draft<T> {
  value: T;
  // False until what was kept has been read: nothing may be typed before that.
  ready: boolean;
  // What depends on what is there is given as a function: an answer that comes late then changes
  // what was typed since, and does not put back what it began with.
  set(next: T | ((before: T) => T)): void;
  // When it was sent, or is not wanted any more.
  discard(): Promise<void>;
}

const shown = new Map<string, Set<(value: unknown) => void>>();

// For work that goes on when its page is left, such as sending: a page that shows the draft
// follows.
export function putDraft(name: string, value: unknown): void {
  saveDraft(name, value);
  for (const show of shown.get(name) ?? []) show(value);
}

// What somebody types, kept on this computer until it is sent.
export function useDraft<T>(name: string, initial: T): Draft<T> {
  const [value, setValue] = useState(initial);
  const [ready, setReady] = useState(false);
  const discarded = useRef(false);
  // What was set last, which may not be drawn yet.
  const latest = useRef(initial);

  const show = useCallback((next: unknown) => {
    latest.current = next as T;
    setValue(next as T);
  }, []);

  useEffect(() => {
    let current = true;
    discarded.current = false;
    setReady(false);
    readDraft(name)
      .catch(() => undefined)
      .then((kept) => {
        if (!current) return;
        show(kept === undefined ? initial : kept);
        setReady(true);
      });
    const showing = shown.get(name) ?? new Set();
    shown.set(name, showing.add(show));
    return () => {
      current = false;
      showing.delete(show);
      if (showing.size === 0) shown.delete(name);
    };
    // Read once for each name: `initial` is a new object at every call.
  }, [name]);

  const set = useCallback(
    (next: T | ((before: T) => T)) => {
      const value = typeof next === "function" ? (next as (before: T) => T)(latest.current) : next;
      show(value);
      if (!discarded.current) putDraft(name, value);
    },
    [name],
  );

  const discard = useCallback(async () => {
    discarded.current = true;
    await removeDraft(name);
  }, [name]);

  return { value, ready, set, discard };
}
