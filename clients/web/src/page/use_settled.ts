import { useEffect, useState } from "preact/hooks";

// A value once it has not changed for a while: what changes at every key is not said aloud at
// every key.
export function useSettled<T>(value: T, afterMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return settled;
}
