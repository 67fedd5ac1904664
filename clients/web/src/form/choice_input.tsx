import type { Option } from "../words/event_words.js";
import { describedBy } from "./described.js";
import { idOf } from "./field.js";
import { ErrorMessage, FormGroup, Hint, type InputProps } from "./form_group.js";

interface ChoiceInputProps extends InputProps {
  options: readonly Option[];
  several?: boolean;
}

// Radios, or checkboxes where several can be chosen. The first has the id of the field.
export function ChoiceInput(props: ChoiceInputProps) {
  const { name, label, hint, error, value, onValue, options, several = false } = props;
  const kind = several ? "checkboxes" : "radios";
  const chosen = new Set(value === "" ? [] : value.split(","));
  const choose = (option: string, isOn: boolean) => {
    if (!several) return onValue(option);
    if (isOn) chosen.add(option);
    else chosen.delete(option);
    // In the order in which they are offered.
    onValue(
      options
        .map((one) => one.value)
        .filter((one) => chosen.has(one))
        .join(","),
    );
  };
  return (
    <FormGroup error={error}>
      <fieldset class="govuk-fieldset" aria-describedby={describedBy(name, hint, error)}>
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{label}</legend>
        <Hint name={name} hint={hint} />
        <ErrorMessage name={name} error={error} />
        <div class={`govuk-${kind}`}>
          {options.map((option, index) => {
            const id = index === 0 ? idOf(name) : `${idOf(name)}-${index}`;
            return (
              <div class={`govuk-${kind}__item`} key={option.value}>
                <input
                  class={`govuk-${kind}__input`}
                  id={id}
                  name={name}
                  type={several ? "checkbox" : "radio"}
                  value={option.value}
                  checked={chosen.has(option.value)}
                  aria-describedby={option.hint === undefined ? undefined : `${id}-item-hint`}
                  onChange={(event) => choose(option.value, event.currentTarget.checked)}
                />
                <label class={`govuk-label govuk-${kind}__label`} for={id}>
                  {option.text}
                </label>
                {option.hint && (
                  <div id={`${id}-item-hint`} class={`govuk-hint govuk-${kind}__hint`}>
                    {option.hint}
                  </div>
                )}
              </div>
            );
          })}
        </div>
      </fieldset>
    </FormGroup>
  );
}
