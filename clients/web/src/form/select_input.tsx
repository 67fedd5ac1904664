import type { Option } from "../words/event_words.js";
import { describedBy } from "./described.js";
import { idOf } from "./field.js";
import { ErrorMessage, FormGroup, Hint, type InputProps } from "./form_group.js";

export function SelectInput(props: InputProps & { options: readonly Option[] }) {
  const { name, label, hint, error, value, onValue, options } = props;
  return (
    <FormGroup error={error}>
      <label class="govuk-label govuk-label--s" for={idOf(name)}>
        {label}
      </label>
      <Hint name={name} hint={hint} />
      <ErrorMessage name={name} error={error} />
      <select
        class={`govuk-select${error === undefined ? "" : " govuk-select--error"}`}
        id={idOf(name)}
        name={name}
        value={value}
        aria-describedby={describedBy(name, hint, error)}
        onChange={(event) => onValue(event.currentTarget.value)}
      >
        <option value="">Choose</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </FormGroup>
  );
}
