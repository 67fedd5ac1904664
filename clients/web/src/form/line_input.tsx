import type { Option } from "../words/event_words.js";
import { describedBy } from "./described.js";
import { idOf } from "./field.js";
import { ErrorMessage, FormGroup, Hint, type InputProps } from "./form_group.js";

interface LineInputProps extends InputProps {
  width?: number | undefined;
  autocomplete?: string | undefined;
  // What may be meant, offered while typing.
  list?: Option[] | undefined;
  inputMode?: "numeric" | "text";
}

export function LineInput(props: LineInputProps) {
  const { name, label, hint, error, value, onValue, width, list } = props;
  const id = idOf(name);
  const widthClass = width === undefined ? "" : ` govuk-input--width-${width}`;
  const errorClass = error === undefined ? "" : " govuk-input--error";
  return (
    <FormGroup error={error}>
      <label class="govuk-label govuk-label--s" for={id}>
        {label}
      </label>
      <Hint name={name} hint={hint} />
      <ErrorMessage name={name} error={error} />
      <input
        class={`govuk-input${widthClass}${errorClass}`}
        id={id}
        name={name}
        type="text"
        value={value}
        spellcheck={false}
        autocomplete={props.autocomplete ?? "off"}
        inputMode={props.inputMode ?? "text"}
        list={list === undefined ? undefined : `${id}-list`}
        aria-describedby={describedBy(name, hint, error)}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {list && (
        <datalist id={`${id}-list`}>
          {list.map((option) => (
            <option key={option.value} value={option.text} />
          ))}
        </datalist>
      )}
    </FormGroup>
  );
}
