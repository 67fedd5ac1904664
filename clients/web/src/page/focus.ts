// Whether the control that had the focus is gone: the browser then gives it to the whole page, and
// whoever uses the keyboard or listens begins at its top again.
export function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

// Once what is drawn now is there: the heading takes the focus if nothing else has it.
export function keepFocus(): void {
  setTimeout(() => {
    if (isFocusLost()) focusHeading();
  });
}

export function focusHeading(): void {
  document.querySelector<HTMLElement>("#main h1")?.focus();
}
