import { describedBy } from "./described.js";
import { idOf, type Typed } from "./field.js";
import { ErrorMessage, FormGroup, Hint } from "./form_group.js";

interface WhenInputProps {
  name: string;
  label: string;
  hint?: string | undefined;
  typed: Typed;
  errors: ReadonlyMap<string, string>;
  timeOptional?: boolean | undefined;
  guess?: boolean | undefined;
  dateOnly?: boolean | undefined;
  onTyped(changes: Typed): void;
}

const BOXES = [
  { part: "day", label: "Day", width: 2 },
  { part: "month", label: "Month", width: 2 },
  { part: "year", label: "Year", width: 4 },
] as const;

// A date in three boxes and, unless the date is enough, the time of day: no calendar to
// steer through, and a month may be a number or a word.
export function WhenInput(props: WhenInputProps) {
  const { name, label, hint, typed, errors, onTyped } = props;
  const error = errors.get(name) ?? errors.get(`${name}.date`);
  const timeName = `${name}.time`;
  const timeError = errors.get(timeName);
  const errorClass = (wrong: string | undefined) =>
    wrong === undefined ? "" : " govuk-input--error";
  const shownHint = hint ?? "For example, 14 5 2026";
  return (
    <>
      <FormGroup error={error}>
        <fieldset class="govuk-fieldset" aria-describedby={describedBy(name, shownHint, error)}>
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{label}</legend>
          <Hint name={name} hint={shownHint} />
          <ErrorMessage name={name} error={error} />
          <div class="govuk-date-input">
            {BOXES.map(({ part, label: box, width }, index) => {
              const id = index === 0 ? idOf(name) : idOf(`${name}-${part}`);
              return (
                <div class="govuk-date-input__item" key={part}>
                  <div class="govuk-form-group">
                    <label class="govuk-label govuk-date-input__label" for={id}>
                      {box}
                    </label>
                    <input
                      class={`govuk-input govuk-input--width-${width}${errorClass(error)}`}
                      id={id}
                      type="text"
                      inputMode={part === "month" ? "text" : "numeric"}
                      autocomplete="off"
                      value={typed[`${name}.${part}`] ?? ""}
                      onInput={(event) =>
                        onTyped({ [`${name}.${part}`]: event.currentTarget.value })
                      }
                    />
                  </div>
                </div>
              );
            })}
          </div>
        </fieldset>
      </FormGroup>
      {!props.dateOnly && (
        <FormGroup error={timeError}>
          <label class="govuk-label govuk-label--s" for={idOf(timeName)}>
            {props.timeOptional ? "Time, if you know it" : "Time"}
          </label>
          <Hint name={timeName} hint="For example, 20:40 or 8:40pm" />
          <ErrorMessage name={timeName} error={timeError} />
          <input
            class={`govuk-input govuk-input--width-5${errorClass(timeError)}`}
            id={idOf(timeName)}
            type="text"
            autocomplete="off"
            value={typed[timeName] ?? ""}
            aria-describedby={describedBy(timeName, "hint", timeError)}
            onInput={(event) => onTyped({ [timeName]: event.currentTarget.value })}
          />
        </FormGroup>
      )}
      {props.guess && (
        <FormGroup>
          <div class="govuk-checkboxes govuk-checkboxes--small">
            <div class="govuk-checkboxes__item">
              <input
                class="govuk-checkboxes__input"
                id={idOf(`${name}-approximate`)}
                type="checkbox"
                checked={typed[`${name}.approximate`] === "yes"}
                onChange={(event) =>
                  onTyped({ [`${name}.approximate`]: event.currentTarget.checked ? "yes" : "" })
                }
              />
              <label class="govuk-label govuk-checkboxes__label" for={idOf(`${name}-approximate`)}>
                This is an estimate
              </label>
            </div>
          </div>
        </FormGroup>
      )}
    </>
  );
}
