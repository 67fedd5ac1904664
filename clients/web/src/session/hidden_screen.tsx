import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { focusHeading } from "../page/focus.js";
import { keepWord, keptWord } from "../page/small_store.js";

// Kept while the tab lives, so that loading the page anew does not show what was hidden.
const KEPT = "wardbook-hidden";
const ofTab = () => sessionStorage;

export const isScreenHidden = signal(keptWord(ofTab, KEPT) === "yes");

// Where somebody was who hid the screen.
let before: HTMLElement | undefined;

export function hideScreen(): void {
  const { activeElement } = document;
  before = activeElement instanceof HTMLElement ? activeElement : undefined;
  isScreenHidden.value = true;
  keepWord(ofTab, KEPT, "yes");
}

export function showScreen(): void {
  isScreenHidden.value = false;
  keepWord(ofTab, KEPT, undefined);
}

// One key, which types nothing and which no screen reader has for itself.
export const HIDE_KEY = "F2";

export function listenForHideKey(target: EventTarget): void {
  target.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent) || event.key !== HIDE_KEY) return;
    event.preventDefault();
    if (isScreenHidden.value) showScreen();
    else hideScreen();
  });
}

// What somebody sees who looks over a shoulder.
export function HiddenScreen() {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    button.current?.focus();
    return () => {
      // Once what was hidden can take the focus again.
      setTimeout(() => {
        if (before?.isConnected && before !== document.body) before.focus();
        else focusHeading();
        before = undefined;
      });
    };
  }, []);
  return (
    <main class="wb-hidden-screen">
      <h1 class="govuk-heading-m">The screen is hidden</h1>
      <button type="button" class="govuk-button" ref={button} onClick={showScreen}>
        Show it again
      </button>
      <p class="govuk-body">You can also press {HIDE_KEY}.</p>
    </main>
  );
}
