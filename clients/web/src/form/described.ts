import { idOf } from "./field.js";

// The ids of what describes an input, for aria-describedby.
export function describedBy(name: string, hint: string | undefined, error: string | undefined) {
  const id = idOf(name);
  const ids = [hint === undefined ? "" : `${id}-hint`, error === undefined ? "" : `${id}-error`];
  return ids.filter((part) => part !== "").join(" ") || undefined;
}
