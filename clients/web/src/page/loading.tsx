import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

// How many pages are still on their way.
export const comingPages = signal(0);

// What stands in the place of a page that is still on its way. What it says stands below it.
export function Loading() {
  useEffect(() => {
    comingPages.value += 1;
    return () => {
      comingPages.value -= 1;
    };
  }, []);
  return <main class="govuk-main-wrapper" id="main" aria-busy="true" />;
}
