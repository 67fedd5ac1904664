import { useEffect, useRef, useState } from "preact/hooks";
import { describedBy } from "./described.js";
import { idOf } from "./field.js";
import { ErrorMessage, FormGroup, Hint, type InputProps } from "./form_group.js";

// Takes what a password manager fills in or somebody pastes; can be shown while typing.
export function PasswordInput(
  props: InputProps & { autocomplete: "current-password" | "new-password" },
) {
  const { name, label, hint, error, value, onValue, autocomplete } = props;
  const [isShown, setShown] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = idOf(name);

  // A browser remembers what is sent in a box that shows its text, and whoever stands behind
  // the person reads it while they wait.
  useEffect(() => {
    const form = input.current?.form;
    const hide = () => setShown(false);
    form?.addEventListener("submit", hide, { capture: true });
    return () => form?.removeEventListener("submit", hide, { capture: true });
  }, []);

  return (
    <FormGroup error={error}>
      <label class="govuk-label govuk-label--s" for={id}>
        {label}
      </label>
      <Hint name={name} hint={hint} />
      <ErrorMessage name={name} error={error} />
      <div class="govuk-input__wrapper govuk-password-input__wrapper">
        <input
          class={`govuk-input govuk-password-input__input govuk-js-password-input-input${
            error === undefined ? "" : " govuk-input--error"
          }`}
          id={id}
          ref={input}
          name={name}
          type={isShown ? "text" : "password"}
          spellcheck={false}
          autocomplete={autocomplete}
          autocapitalize="none"
          value={value}
          aria-describedby={describedBy(name, hint, error)}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
        <button
          type="button"
          class="govuk-button govuk-button--secondary govuk-password-input__toggle"
          aria-controls={id}
          aria-label={isShown ? "Hide password" : "Show password"}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? "Hide" : "Show"}
        </button>
      </div>
    </FormGroup>
  );
}
