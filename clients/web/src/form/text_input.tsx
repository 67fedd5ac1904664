import { useSettled } from "../page/use_settled.js";
import { charactersInWords } from "./check.js";
import { describedBy } from "./described.js";
import { idOf } from "./field.js";
import { ErrorMessage, FormGroup, Hint, type InputProps } from "./form_group.js";

// The rest is told from here on; before, nobody needs it.
const TOLD_FROM = 0.75;

// Whoever pauses for so long listens.
const PAUSE_MS = 1_000;

// A longer text, with a count of what still fits once that matters.
export function TextInput(props: InputProps & { max: number; rows?: number | undefined }) {
  const { name, label, hint, error, value, onValue, max, rows = 6 } = props;
  const id = idOf(name);
  const left = max - [...value].length;
  const told = left < 0 ? "too many" : "remaining";
  const rest =
    left > max * (1 - TOLD_FROM) ? "" : `You have ${charactersInWords(Math.abs(left))} ${told}`;
  const said = useSettled(rest, PAUSE_MS);
  const errorClass = error === undefined ? "" : " govuk-textarea--error";
  return (
    <FormGroup error={error}>
      <label class="govuk-label govuk-label--s" for={id}>
        {label}
      </label>
      <Hint name={name} hint={hint} />
      <ErrorMessage name={name} error={error} />
      <textarea
        class={`govuk-textarea${errorClass}`}
        id={id}
        name={name}
        rows={rows}
        value={value}
        aria-describedby={describedBy(name, hint, error)}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      <div class={left < 0 ? "govuk-error-message" : "govuk-hint"} aria-hidden="true">
        {rest}
      </div>
      <div class="govuk-visually-hidden" role="status">
        {said}
      </div>
    </FormGroup>
  );
}
