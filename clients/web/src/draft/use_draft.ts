import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { readDraft, removeDraft, saveDraft } from "./drafts.js";

export interface Draft<T> {
  value: T;
  // False until what was kept has been read: nothing may be typed before that.
  ready: boolean;
  set(next: T): void;
  // When it was sent, or is not wanted any more.
  discard(): Promise<void>;
}

// What somebody types, kept on this computer until it is sent.
export function useDraft<T>(name: string, initial: T): Draft<T> {
  const [value, setValue] = useState(initial);
  const [ready, setReady] = useState(false);
  const discarded = useRef(false);

  useEffect(() => {
    let current = true;
    discarded.current = false;
    setReady(false);
    readDraft(name)
      .catch(() => undefined)
      .then((kept) => {
        if (!current) return;
        setValue(kept === undefined ? initial : (kept as T));
        setReady(true);
      });
    return () => {
      current = false;
    };
    // Read once for each name: `initial` is a new object at every call.
  }, [name]);

  const set = useCallback(
    (next: T) => {
      setValue(next);
      if (!discarded.current) saveDraft(name, next);
    },
    [name],
  );

  const discard = useCallback(async () => {
    discarded.current = true;
    await removeDraft(name);
  }, [name]);

  return { value, ready, set, discard };
}
