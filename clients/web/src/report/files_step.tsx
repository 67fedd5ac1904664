import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { keepBytes, removeDraft } from "../draft/drafts.js";
import { ACCEPTED, FILE_SIZE_MAX, filesOf, KEPT_SIZE_MAX } from "../evidence/chosen_files.js";
import { sightingFields } from "../evidence/sighting_fields.js";
import { errorsOf, type FieldError } from "../form/check.js";
import { FileCard } from "./file_card.js";
import { holdFile } from "./held_files.js";
import { QuestionPage } from "./question_page.js";
import { bytesName, type ChosenFile, newFile, type ReportDraft } from "./report_draft.js";

interface StepProps {
  draft: ReportDraft;
  onDraft(next: ReportDraft): void;
}

// The fields of one file among those of others.
function named(file: ChosenFile, error: FieldError): FieldError {
  return { name: `${file.key}.${error.name}`, message: `${file.fileName}: ${error.message}` };
}

function whyNotTaken(file: File): string | undefined {
  if (file.size === 0) return `${file.name} is empty`;
  if (file.size > FILE_SIZE_MAX) return `${file.name} is larger than 2 GB`;
  return undefined;
}

export function FilesStep({ draft, onDraft }: StepProps) {
  const [refused, setRefused] = useState<FieldError[]>([]);
  const [isOver, setOver] = useState(false);
  const [told, setTold] = useState("");
  const picker = useRef<HTMLInputElement>(null);
  // The listener on the document outlives a rendering.
  const current = useRef(draft);
  current.current = draft;

  async function add(files: readonly File[]) {
    if (files.length === 0) return;
    const wrong = files.map(whyNotTaken).filter((why) => why !== undefined);
    setRefused(wrong.map((message) => ({ name: "files", message })));
    const good = files.filter((file) => whyNotTaken(file) === undefined);
    const chosen = good.map((file) => ({ file, entry: newFile(file) }));
    for (const { file, entry } of chosen) {
      holdFile(entry.key, file);
      if (file.size <= KEPT_SIZE_MAX) {
        await keepBytes(bytesName(entry.key), new Uint8Array(await file.arrayBuffer()));
      }
    }
    onDraft({
      ...current.current,
      files: [...current.current.files, ...chosen.map(({ entry }) => entry)],
    });
    if (good.length > 0) setTold(`${good.map((file) => file.name).join(", ")} added`);
  }
  const adding = useRef(add);
  adding.current = add;

  // As soon as the page is there: nobody waits for a frame to press Ctrl and V.
  useLayoutEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = filesOf(event.clipboardData, new Date());
      // Text that is pasted into a box is none of ours.
      if (files.length === 0) return;
      event.preventDefault();
      void adding.current(files);
    };
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  }, []);

  function remove(file: ChosenFile) {
    void removeDraft(bytesName(file.key));
    onDraft({ ...draft, files: draft.files.filter((one) => one.key !== file.key) });
    setTold(`${file.fileName} removed`);
    picker.current?.focus();
  }

  return (
    <QuestionPage
      step="files"
      draft={draft}
      onDraft={onDraft}
      moreErrors={() =>
        draft.files.flatMap((file) =>
          errorsOf(sightingFields(file.typed), file.typed).map((error) => named(file, error)),
        )
      }
      submit={draft.files.length === 0 ? "Continue without files" : "Continue"}
      more={(errors) => (
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
            {refused.map(({ message }) => (
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
          {draft.files.map((file) => (
            <FileCard
              key={file.key}
              file={file}
              report={draft.typed}
              errors={errors}
              onTyped={(changes) =>
                onDraft({
                  ...draft,
                  files: draft.files.map((one) =>
                    one.key === file.key ? { ...one, typed: { ...one.typed, ...changes } } : one,
                  ),
                })
              }
              onRemove={() => remove(file)}
            />
          ))}
        </>
      )}
    >
      <p class="govuk-body">
        Do not delete messages or posts: keep the original as well (P43). A screenshot needs the
        time, the date and the place of the site (P44).
      </p>
      <p class="govuk-body">
        If it is on your own phone, do not send it to yourself here at school. Describe it now and
        make the screenshot on a school computer later.
      </p>
    </QuestionPage>
  );
}
