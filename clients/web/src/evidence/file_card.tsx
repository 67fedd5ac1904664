import { useEffect, useState } from "preact/hooks";
import type { Typed } from "../form/field.js";
import { Fields } from "../form/fields.js";
import { sizeInWords } from "../words/size_in_words.js";
import type { ChosenFile } from "./chosen_file.js";
import { heldFile } from "./held_files.js";
import { sightingFields } from "./sighting_fields.js";

interface FileCardProps {
  file: ChosenFile;
  // What was said of the incident, from which time and place can be taken over.
  report: Typed;
  errors: ReadonlyMap<string, string>;
  onTyped(changes: Typed): void;
  onRemove(): void;
}

const PICTURES = ["image/png", "image/jpeg", "image/webp"];

function usePreview(file: ChosenFile): { url?: string; isMissing: boolean } {
  const [state, setState] = useState<{ url?: string; isMissing: boolean }>({ isMissing: false });
  useEffect(() => {
    let url: string | undefined;
    let isCurrent = true;
    heldFile(file).then((bytes) => {
      if (!isCurrent) return;
      if (bytes !== undefined && PICTURES.includes(file.mediaType))
        url = URL.createObjectURL(bytes);
      setState({ ...(url === undefined ? {} : { url }), isMissing: bytes === undefined });
    });
    return () => {
      isCurrent = false;
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [file.key]);
  return state;
}

function takenOver(report: Typed): Typed {
  const part = (name: string) => report[name] ?? "";
  return {
    "sighting.date.day": part("happened_at.day"),
    "sighting.date.month": part("happened_at.month"),
    "sighting.date.year": part("happened_at.year"),
    "sighting.time": part("happened_at.time"),
    "sighting.place": part("place.platform"),
    "sighting.place.account": part("place.account"),
    "sighting.place.address": part("place.address"),
    "unknown.date": "",
    "unknown.time": "",
    "unknown.place": "",
  };
}

export function FileCard({ file, report, errors, onTyped, onRemove }: FileCardProps) {
  const { url, isMissing } = usePreview(file);
  const prefix = `${file.key}.`;
  const fields = sightingFields(file.typed).map((field) => ({
    ...field,
    name: prefix + field.name,
    ...(field.when === undefined ? {} : { when: () => field.when?.(file.typed) ?? true }),
  }));
  const prefixed = Object.fromEntries(
    Object.entries(file.typed).map(([name, text]) => [prefix + name, text]),
  );
  const unprefixed = (changes: Typed) =>
    Object.fromEntries(
      Object.entries(changes).map(([name, text]) => [name.slice(prefix.length), text]),
    );
  // Beside its field the name of the file is said already.
  const own = new Map(
    [...errors]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, message]) => [name, message.replace(`${file.fileName}: `, "")]),
  );
  return (
    <section class="wb-card" aria-label={file.fileName}>
      <h2 class="govuk-heading-s wb-typed">
        {file.fileName} <span class="govuk-body-s">({sizeInWords(file.size)})</span>
      </h2>
      {url && <img class="wb-thumbnail" src={url} alt="" />}
      {isMissing && (
        <p class="govuk-error-message">
          This file is not here any more. Remove it and choose it again.
        </p>
      )}
      {(report["happened_at.day"] ?? "") !== "" && (
        <button
          type="button"
          class="govuk-button govuk-button--secondary"
          onClick={() => onTyped(takenOver(report))}
        >
          Same date, time and place as in the report
        </button>
      )}
      <Fields
        fields={fields}
        typed={prefixed}
        errors={own}
        onTyped={(changes) => onTyped(unprefixed(changes))}
      />
      <button type="button" class="wb-link-button" onClick={onRemove}>
        Remove {file.fileName}
      </button>
    </section>
  );
}
