// "This is clause P41 of the policy."
export function clausesInWords(clauses: readonly string[]): string {
  const [only, ...more] = clauses;
  if (only === undefined) return "";
  if (more.length === 0) return `This is clause ${only} of the policy.`;
  const last = more.at(-1);
  const rest = [only, ...more.slice(0, -1)].join(", ");
  return `These are clauses ${rest} and ${last} of the policy.`;
}
