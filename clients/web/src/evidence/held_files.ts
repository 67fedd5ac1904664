import { isOnlyHere, readBytes, removeDraft } from "../draft/drafts.js";
import { onLeaving } from "../session/leaving.js";
import { bytesName, type ChosenFile } from "./chosen_file.js";
import { KEPT_SIZE_MAX } from "./chosen_files.js";

// The files of this tab; after a new start they come from the drafts.
const held = new Map<string, File>();

export function holdFile(key: string, file: File): void {
  held.set(key, file);
}

// Files that are in evidence, or that nobody may send any more: no byte of them stays here.
export function dropFiles(files: readonly ChosenFile[]): void {
  for (const { key } of files) {
    held.delete(key);
    void removeDraft(bytesName(key));
  }
}

// A file that is nowhere else waits for the person who chose it.
onLeaving((how) => {
  for (const [key, file] of [...held]) {
    const isSealed = file.size <= KEPT_SIZE_MAX && !isOnlyHere(bytesName(key));
    if (how === "gone" || isSealed) held.delete(key);
  }
});

// Nothing where a large file was chosen and the tab was closed since: it has to be chosen
// again.
export async function heldFile(file: ChosenFile): Promise<File | undefined> {
  const here = held.get(file.key);
  if (here !== undefined) return here;
  const bytes = await readBytes(bytesName(file.key));
  if (bytes === undefined) return undefined;
  const again = new File([bytes], file.fileName, { type: file.mediaType });
  held.set(file.key, again);
  return again;
}
