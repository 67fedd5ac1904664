import { describedBy } from "./described.js";
import { idOf } from "./field.js";
import { ErrorMessage, FormGroup, Hint, type InputProps } from "./form_group.js";

export function TickInput(props: InputProps) {
  const { name, label, hint, error, value, onValue } = props;
  const id = idOf(name);
  return (
    <FormGroup error={error}>
      <ErrorMessage name={name} error={error} />
      <div class="govuk-checkboxes">
        <div class="govuk-checkboxes__item">
          <input
            class="govuk-checkboxes__input"
            id={id}
            name={name}
            type="checkbox"
            checked={value === "yes"}
            aria-describedby={describedBy(name, hint, error)}
            onChange={(event) => onValue(event.currentTarget.checked ? "yes" : "")}
          />
          <label class="govuk-label govuk-checkboxes__label" for={id}>
            {label}
          </label>
          <div class="govuk-checkboxes__hint">
            <Hint name={name} hint={hint} />
          </div>
        </div>
      </div>
    </FormGroup>
  );
}
