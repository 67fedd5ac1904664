import { useRef } from "preact/hooks";
import type { Option } from "../words/event_words.js";
import { describedBy } from "./described.js";
import { idOf } from "./field.js";
import { ErrorMessage, FormGroup, Hint, type InputProps } from "./form_group.js";

// Some of many, such as the children of a photograph: a list to choose from, and what was
// chosen, to be taken back one by one. A school has hundreds, too many for tick boxes.
export function SeveralInput(props: InputProps & { options: readonly Option[] }) {
  const { name, label, hint, error, value, onValue, options } = props;
  const list = useRef<HTMLSelectElement>(null);
  const chosen = value === "" ? [] : value.split(",");
  const left = options.filter((option) => !chosen.includes(option.value));
  const textOf = (one: string) => options.find((option) => option.value === one)?.text ?? one;
  const remove = (one: string) => {
    onValue(chosen.filter((other) => other !== one).join(","));
    // The button that was pressed is gone.
    list.current?.focus();
  };
  return (
    <FormGroup error={error}>
      <label class="govuk-label govuk-label--s" for={idOf(name)}>
        {label}
      </label>
      <Hint name={name} hint={hint ?? "Choose one after the other. Each is added below."} />
      <ErrorMessage name={name} error={error} />
      <select
        class={`govuk-select${error === undefined ? "" : " govuk-select--error"}`}
        id={idOf(name)}
        name={name}
        ref={list}
        value=""
        aria-describedby={describedBy(name, "hint", error)}
        onChange={(event) => {
          const one = event.currentTarget.value;
          event.currentTarget.value = "";
          if (one !== "") onValue([...chosen, one].join(","));
        }}
      >
        <option value="">{chosen.length === 0 ? "Choose" : "Choose another"}</option>
        {left.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
      <ul class="govuk-list wb-chosen" aria-live="polite" aria-label="Chosen">
        {chosen.map((one) => (
          <li key={one}>
            {textOf(one)}{" "}
            <button type="button" class="wb-link-button" onClick={() => remove(one)}>
              Remove<span class="govuk-visually-hidden"> {textOf(one)}</span>
            </button>
          </li>
        ))}
      </ul>
    </FormGroup>
  );
}
