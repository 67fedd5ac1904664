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

function labelOf(field: Field, isMarked: boolean): string {
  const isOptional = isMarked && field.optional && field.kind !== "tick";
  return isOptional ? `${field.label} (optional)` : field.label;
}

function FieldInput({
  field,
  typed,
  errors,
  onTyped,
  isMarked,
}: Omit<FieldsProps, "fields"> & { field: Field; isMarked: boolean }) {
  const common = {
    name: field.name,
    label: labelOf(field, isMarked),
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

// Where all may be left out, that is said once and not of each.
export function Fields(props: FieldsProps) {
  const asked = props.fields.filter((field) => isAsked(field, props.typed));
  const isAllOptional = asked.length > 1 && asked.every((field) => field.optional);
  return (
    <>
      {isAllOptional && <p class="govuk-body">You may leave any of these empty.</p>}
      {asked.map((field) => (
        <FieldInput key={field.name} field={field} {...props} isMarked={!isAllOptional} />
      ))}
    </>
  );
}
