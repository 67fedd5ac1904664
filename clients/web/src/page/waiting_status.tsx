import { comingPages } from "./loading.js";
import { awaited } from "./use_loaded.js";
import { useSettled } from "./use_settled.js";

// On a quick line all is there before anybody wonders.
const LATE_MS = 500;

function whatIsAwaited(): string {
  if (comingPages.value > 0) return "This page is on its way.";
  return awaited.value > 0 ? "Wardbook is looking it up." : "";
}

// Says what takes long. It stands beside each page and is there before its words are, because a
// screen reader speaks what changes in it, and nothing in a part that is busy.
export function WaitingStatus() {
  const text = whatIsAwaited();
  const settled = useSettled(text, LATE_MS);
  return (
    <div role="status">{text !== "" && settled === text && <p class="govuk-body">{text}</p>}</div>
  );
}
