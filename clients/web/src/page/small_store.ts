// What a browser keeps under a short name. One that is told to keep nothing throws at the
// mere question, and a full disk at a write: nothing that is kept so is worth a page.
export function keptWord(store: () => Storage, name: string): string | undefined {
  try {
    return store().getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keepWord(store: () => Storage, name: string, word: string | undefined): void {
  try {
    if (word === undefined) store().removeItem(name);
    else store().setItem(name, word);
  } catch {
    // It lasts as long as the tab.
  }
}
