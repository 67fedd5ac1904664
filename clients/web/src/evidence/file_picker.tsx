import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { keepBytes } from "../draft/drafts.js";
import { errorsOf, type FieldError } from "../form/check.js";
import type { Typed } from "../form/field.js";
import { bytesName, type ChosenFile, newFile } from "./chosen_file.js";
import { ACCEPTED, FILE_SIZE_MAX, filesOf, KEPT_SIZE_MAX } from "./chosen_files.js";
import { FileCard } from "./file_card.js";
import { dropFiles, holdFile } from "./held_files.js";
import { bytesOf } from "./readable.js";
import { sightingFields } from "./sighting_fields.js";

interface FilePickerProps {
  // Of which draft the files are, and with which they go.
  draft: string;
  files: ChosenFile[];
  // What was said of the incident, from which time and place can be taken over.
  report: Typed;
  errors: ReadonlyMap<string, string>;
  onFiles(change: (files: ChosenFile[]) => ChosenFile[]): void;
}

// What is still missing, under the names of the fields among those of all files.
export function fileErrors(files: readonly ChosenFile[]): FieldError[] {
  return files.flatMap((file) =>
    errorsOf(sightingFields(file.typed), file.typed).map((error) => ({
      name: `${file.key}.${error.name}`,
      message: `${file.fileName}: ${error.message}`,
    })),
  );
}

const UNREADABLE =
  "cannot be read – it may have been moved or be in the cloud alone. Put it on this computer and " +
  "open it once, then choose it again";

async function whyNotTaken(file: File): Promise<string | undefined> {
  if (file.size === 0) return `${file.name} is empty`;
  if (file.size > FILE_SIZE_MAX) return `${file.name} is larger than 2 GB`;
  try {
    await bytesOf(file.slice(0, 1));
    return undefined;
  } catch {
    return `${file.name} ${UNREADABLE}`;
  }
}

async function keep(file: File, key: string, draft: string): Promise<void> {
  holdFile(key, file);
  if (file.size > KEPT_SIZE_MAX) return;
  await keepBytes(bytesName(key), file, draft);
}

// Takes files that are pasted, dropped or chosen, and asks of each what it is and when and
// where it was seen.
export function FilePicker({ draft, files, report, errors, onFiles }: FilePickerProps) {
  const [refused, setRefused] = useState<string[]>([]);
  const [isOver, setOver] = useState(false);
  const [told, setTold] = useState("");
  const picker = useRef<HTMLInputElement>(null);

  async function add(added: readonly File[]) {
    if (added.length === 0) return;
    const reasons = await Promise.all(added.map(whyNotTaken));
    setRefused(reasons.filter((why) => why !== undefined));
    const good = added.filter((_, index) => reasons[index] === undefined);
    const chosen = good.map((file) => ({ file, entry: newFile(file) }));
    for (const { file, entry } of chosen) await keep(file, entry.key, draft);
    if (isLeft.current) {
      dropFiles(chosen.map(({ entry }) => entry));
      return;
    }
    latest.current.onFiles((before) => [...before, ...chosen.map(({ entry }) => entry)]);
    if (good.length > 0) setTold(`${good.map((file) => file.name).join(", ")} added`);
  }

  // What the listener on the document sees when the bytes have been kept.
  const latest = useRef({ onFiles, add });
  latest.current = { onFiles, add };
  // Whoever has left the page may have answered since that no file can be taken.
  const isLeft = useRef(false);

  // As soon as the page is there: nobody waits for a frame to press Ctrl and V.
  useLayoutEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const pasted = filesOf(event.clipboardData, new Date());
      // Text that is pasted into a box is none of ours, also where a picture of it comes along, as
      // from a spreadsheet.
      const isInBox =
        event.target instanceof Element && event.target.closest("input, textarea") !== null;
      const isText = event.clipboardData?.types?.includes("text/plain") ?? false;
      if (pasted.length === 0 || (isInBox && isText)) return;
      event.preventDefault();
      void latest.current.add(pasted);
    };
    isLeft.current = false;
    document.addEventListener("paste", paste);
    // A file that is dropped beside the box would be shown in place of Wardbook.
    const stay = (event: DragEvent) => event.preventDefault();
    document.addEventListener("dragover", stay);
    document.addEventListener("drop", stay);
    return () => {
      isLeft.current = true;
      document.removeEventListener("dragover", stay);
      document.removeEventListener("drop", stay);
      document.removeEventListener("paste", paste);
    };
  }, []);

  function remove(file: ChosenFile) {
    dropFiles([file]);
    onFiles((before) => before.filter((one) => one.key !== file.key));
    setTold(`${file.fileName} removed`);
    picker.current?.focus();
  }

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is one of three ways */}
      <div
        class={`wb-drop${isOver ? " wb-drop--over" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void add(filesOf(event.dataTransfer, new Date()));
        }}
      >
        {refused.map((message) => (
          <p class="govuk-error-message" key={message}>
            <span class="govuk-visually-hidden">Error:</span> {message}
          </p>
        ))}
        <label class="govuk-label govuk-label--s" for="files">
          Add a screenshot or file
        </label>
        <p class="govuk-hint" id="files-hint">
          Paste a screenshot with Ctrl and V, drop a file here, or choose one.
        </p>
        <input
          class="govuk-file-upload"
          id="files"
          type="file"
          multiple
          accept={ACCEPTED}
          aria-describedby="files-hint"
          ref={picker}
          onChange={(event) => {
            void add([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = "";
          }}
        />
      </div>
      <p class="govuk-visually-hidden" role="status">
        {told}
      </p>
      {files.map((file) => (
        <FileCard
          key={file.key}
          file={file}
          report={report}
          errors={errors}
          onTyped={(changes) =>
            onFiles((before) =>
              before.map((one) =>
                one.key === file.key ? { ...one, typed: { ...one.typed, ...changes } } : one,
              ),
            )
          }
          onRemove={() => remove(file)}
        />
      ))}
    </>
  );
}
