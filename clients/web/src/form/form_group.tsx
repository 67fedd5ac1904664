import type { ComponentChildren } from "preact";
import { idOf } from "./field.js";

export interface InputProps {
  name: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: string;
  onValue(value: string): void;
}

export function Hint({ name, hint }: { name: string; hint?: string | undefined }) {
  if (hint === undefined) return null;
  return (
    <div id={`${idOf(name)}-hint`} class="govuk-hint">
      {hint}
    </div>
  );
}

export function ErrorMessage({ name, error }: { name: string; error?: string | undefined }) {
  if (error === undefined) return null;
  return (
    <p id={`${idOf(name)}-error`} class="govuk-error-message">
      <span class="govuk-visually-hidden">Error:</span> {error}
    </p>
  );
}

export function FormGroup(props: { error?: string | undefined; children: ComponentChildren }) {
  const isWrong = props.error !== undefined ? " govuk-form-group--error" : "";
  return <div class={`govuk-form-group${isWrong}`}>{props.children}</div>;
}
