import type { Failure } from "../api/refusal.js";
import type { FieldError } from "./check.js";
import type { Field } from "./field.js";

// What is wrong with a form: seen here, or refused by the server.
export interface Problem {
  errors: FieldError[];
  failure?: Failure;
}

export const NO_PROBLEM: Problem = { errors: [] };

// The field of the form that a refusal names: "happened_at.date" is of "happened_at".
export function fieldNamed(
  fields: readonly Pick<Field, "name">[],
  named: string,
): string | undefined {
  const names = fields.map((field) => field.name);
  if (named === "") return undefined;
  const exact = names.find((name) => name === named);
  if (exact !== undefined) return exact;
  if (named.endsWith(".time") && names.includes(named.slice(0, -".time".length))) return named;
  return names
    .filter((name) => named.startsWith(`${name}.`) || named.startsWith(`${name}[`))
    .sort((a, b) => b.length - a.length)[0];
}

export function problemOf(fields: readonly Pick<Field, "name">[], failure: Failure): Problem {
  const name = fieldNamed(fields, failure.field);
  return { errors: name === undefined ? [] : [{ name, message: failure.message }], failure };
}

export function messagesOf(problem: Problem): ReadonlyMap<string, string> {
  return new Map(problem.errors.map(({ name, message }) => [name, message]));
}

export function hasProblem(problem: Problem): boolean {
  return problem.errors.length > 0 || problem.failure !== undefined;
}
