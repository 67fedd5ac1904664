import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { readSetting, saveSetting } from "../draft/drafts.js";
import { idOf, type Typed } from "../form/field.js";
import { LineInput } from "../form/line_input.js";
import { keepFocus } from "../page/focus.js";
import { isFiltering } from "./inbox_filter.js";

export interface SavedFilter {
  name: string;
  filter: Typed;
}

const SETTING = "inbox-filters";
const NAME_MAX = 60;
const NAME_FIELD = "filter_name";

// The list with this filter in it, by name. One of the same name is replaced.
export function withFilter(saved: readonly SavedFilter[], next: SavedFilter): SavedFilter[] {
  return [...saved.filter((one) => one.name !== next.name), next].sort((a, b) =>
    a.name.localeCompare(b.name, "en-GB"),
  );
}

// Filters under a name, for this person in this browser. A name may be somebody's: they are
// sealed like drafts.
export function SavedFilters(props: {
  filter: Typed;
  onChoose(filter: Typed): void;
  // Where the filter itself is set: between those that are saved and the way to save it.
  children?: ComponentChildren;
}) {
  const { filter, onChoose, children } = props;
  const [saved, setSaved] = useState<readonly SavedFilter[]>([]);
  const [name, setName] = useState("");
  const [error, setError] = useState<string>();
  useEffect(() => {
    readSetting(SETTING)
      .then((kept) => setSaved((kept as SavedFilter[] | undefined) ?? []))
      .catch(() => setSaved([]));
  }, []);

  function keep(next: SavedFilter[]) {
    setSaved(next);
    void saveSetting(SETTING, next);
    // The button that was pressed is gone.
    keepFocus();
  }
  function save(event: Event) {
    event.preventDefault();
    const given = name.trim();
    const isRight = given !== "" && [...given].length <= NAME_MAX;
    setError(isRight ? undefined : `Enter a name of ${NAME_MAX} characters at most`);
    if (!isRight) {
      document.getElementById(idOf(NAME_FIELD))?.focus();
      return;
    }
    keep(withFilter(saved, { name: given, filter }));
    setName("");
  }
  return (
    <>
      {saved.length > 0 && (
        <nav aria-label="Saved filters" class="wb-no-print">
          <ul class="govuk-list wb-links">
            {saved.map((one) => (
              <li key={one.name}>
                <button type="button" class="wb-link-button" onClick={() => onChoose(one.filter)}>
                  {one.name}
                </button>{" "}
                <button
                  type="button"
                  class="wb-link-button govuk-!-font-size-16"
                  onClick={() => keep(saved.filter((other) => other !== one))}
                >
                  Remove<span class="govuk-visually-hidden"> the filter {one.name}</span>
                </button>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {children}
      {isFiltering(filter) && (
        // Closed again once a filter is saved or removed.
        <details class="govuk-details wb-no-print" key={saved.length}>
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">Save this filter</span>
          </summary>
          <form class="govuk-details__text" onSubmit={save} noValidate>
            <LineInput
              name={NAME_FIELD}
              label="Under which name?"
              hint="Only you see it, in this browser."
              width={20}
              value={name}
              error={error}
              onValue={setName}
            />
            <button type="submit" class="govuk-button govuk-button--secondary">
              Save this filter
            </button>
          </form>
        </details>
      )}
    </>
  );
}
