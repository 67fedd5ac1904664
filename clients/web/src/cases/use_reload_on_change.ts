import { useEffect } from "preact/hooks";
import { onceSomebodyIsThere } from "../page/presence.js";
import { lastChange } from "./watch_cases.js";

// Reads a list anew when a case changed, for whoever looks at it.
export function useReloadOnChange(reload: () => void): void {
  const change = lastChange.value;
  useEffect(() => (change === undefined ? undefined : onceSomebodyIsThere(reload)), [change]);
}
