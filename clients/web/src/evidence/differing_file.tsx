import { useEffect, useState } from "preact/hooks";
import { keepFocus } from "../page/focus.js";
import type { ChosenFile } from "./chosen_file.js";
import { heldFile } from "./held_files.js";

type Copy = { kind: "looked-for" } | { kind: "here"; url: string } | { kind: "missing" };

function useCopy(file: ChosenFile): Copy {
  const [copy, setCopy] = useState<Copy>({ kind: "looked-for" });
  useEffect(() => {
    let url: string | undefined;
    let isCurrent = true;
    void heldFile(file).then((bytes) => {
      if (!isCurrent) return;
      if (bytes === undefined) return setCopy({ kind: "missing" });
      url = URL.createObjectURL(bytes);
      setCopy({ kind: "here", url });
    });
    return () => {
      isCurrent = false;
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [file.key]);
  return copy;
}

interface DifferingFileProps {
  file: ChosenFile;
  onKept(): void;
}

// A file that is another one in evidence. The copy of this browser is offered until somebody says
// that they have the original: of a pasted screenshot there is no other.
export function DifferingFile({ file, onKept }: DifferingFileProps) {
  const copy = useCopy(file);
  return (
    <section class="wb-failure" aria-label={`${file.fileName}, which is another one in evidence`}>
      <div role="alert">
        <h2 class="govuk-heading-m wb-typed">
          {file.fileName} is in evidence, and is not the file on this computer.
        </h2>
        <p class="govuk-body">
          Its SHA-256 is another one. Keep the original, add it to the case once more, and say which
          file stands in the place of the other. Tell the auditor.
        </p>
        {copy.kind === "missing" && (
          <p class="govuk-body">
            This browser has no copy of it any more. Look for it where you took it from.
          </p>
        )}
      </div>
      {copy.kind === "here" && (
        <p class="govuk-body">
          <a class="govuk-button govuk-button--secondary" href={copy.url} download={file.fileName}>
            Save the original
          </a>
        </p>
      )}
      <button
        type="button"
        class="wb-link-button"
        onClick={() => {
          onKept();
          keepFocus();
        }}
      >
        {copy.kind === "missing" ? "I have understood" : "I have the original, remove it here"}
      </button>
    </section>
  );
}
