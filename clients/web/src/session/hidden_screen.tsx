import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { focusHeading } from "../page/focus.js";
import { keepWord, keptWord } from "../page/small_store.js";
import { currentSession, findSession } from "./session.js";

// Kept while the tab lives, so that loading the page anew does not show what was hidden.
const KEPT = "wardbook-hidden";
const ofTab = () => sessionStorage;

export const isScreenHidden = signal(keptWord(ofTab, KEPT) === "yes");

// What came of the wish to see it again; nothing while nobody has wished it.
const showing = signal<"asking" | "unreachable" | undefined>(undefined);

// Where somebody was who hid the screen.
let before: HTMLElement | undefined;

export function hideScreen(): void {
  showing.value = undefined;
  const { activeElement } = document;
  before = activeElement instanceof HTMLElement ? activeElement : undefined;
  isScreenHidden.value = true;
  keepWord(ofTab, KEPT, "yes");
}

// Only the server knows whether the session still goes on: the clocks of a computer that slept
// may have stood still, and it may be somebody else who came back to it.
export async function showScreen(): Promise<void> {
  if (showing.value === "asking") return;
  if (currentSession.value !== undefined) {
    showing.value = "asking";
    const found = await findSession();
    showing.value = found === "unreachable" ? "unreachable" : undefined;
    if (found === "unreachable") return;
  }
  isScreenHidden.value = false;
  keepWord(ofTab, KEPT, undefined);
}

// One key, which types nothing and which no screen reader has for itself.
export const HIDE_KEY = "F2";

export function listenForHideKey(target: EventTarget): void {
  target.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent) || event.key !== HIDE_KEY) return;
    event.preventDefault();
    if (isScreenHidden.value) void showScreen();
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
      <div role="status">
        {showing.value === "unreachable" && (
          <p class="govuk-body">
            Wardbook could not be reached. The screen stays hidden until Wardbook has said that you
            are still signed in. What you typed is still there. Check that this computer is online,
            then try again.
          </p>
        )}
      </div>
      <button
        type="button"
        class="govuk-button"
        ref={button}
        aria-disabled={showing.value === "asking"}
        onClick={() => void showScreen()}
      >
        Show it again
      </button>
      <p class="govuk-body">You can also press {HIDE_KEY}.</p>
    </main>
  );
}
