import { ChoiceInput } from "./choice_input.js";
import { DigestInput } from "./digest_input.js";
import { type Field, isAsked, type Typed } from "./field.js";
import { LineInput } from "./line_input.js";
import { SelectInput } from "./select_input.js";
import { SeveralInput } from "./several_input.js";
import { TextInput } from "./text_input.js";
import { TickInput } from "./tick_input.js";
import { WhenInput } from "./when_input.js";

interface FieldsProps {
  fields: readonly Field[];
  typed: Typed;
  errors: ReadonlyMap<string, string>;
  onTyped(changes: Typed): void;
}

function labelOf(field: Field): string {
  return field.optional && field.kind !== "tick" ? `${field.label} (optional)` : field.label;
}

function FieldInput({
  field,
  typed,
  errors,
  onTyped,
}: Omit<FieldsProps, "fields"> & { field: Field }) {
  const common = {
    name: field.name,
    label: labelOf(field),
    hint: field.hint,
    error: errors.get(field.name),
    value: typed[field.name] ?? "",
    onValue: (value: string) => onTyped({ [field.name]: value }),
  };
  switch (field.kind) {
    case "line":
      return (
        <LineInput
          {...common}
          width={field.width}
          autocomplete={field.autocomplete}
          list={field.list}
        />
      );
    case "text":
      return <TextInput {...common} max={field.max ?? 20_000} rows={field.rows} />;
    case "choice":
      return <ChoiceInput {...common} options={field.options} />;
    case "choices":
      return <ChoiceInput {...common} options={field.options} several />;
    case "select":
      return <SelectInput {...common} options={field.options} />;
    case "several":
      return <SeveralInput {...common} options={field.options} />;
    case "digest":
      return <DigestInput {...common} />;
    case "tick":
      return <TickInput {...common} />;
    case "when":
      return (
        <WhenInput
          name={field.name}
          label={common.label}
          hint={field.hint}
          typed={typed}
          errors={errors}
          timeOptional={field.timeOptional}
          guess={field.guess}
          dateOnly={field.dateOnly}
          onTyped={onTyped}
        />
      );
  }
}

export function Fields(props: FieldsProps) {
  return (
    <>
      {props.fields
        .filter((field) => isAsked(field, props.typed))
        .map((field) => (
          <FieldInput key={field.name} field={field} {...props} />
        ))}
    </>
  );
}
