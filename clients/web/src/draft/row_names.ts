// What is typed and not sent, what a person looked at last, or what they have set up for
// themselves.
export type Kind = "draft" | "view" | "setting";

// keys/PERSON             the keys, while a session lasts
// lock/PERSON/LOCK        what they are made of, sealed with the password
// KIND/PERSON/LOCK/NAME   what was sealed with them; NAME is a MAC and tells nothing
export const KEYS = "keys/";
export const LOCKS = "lock/";

export const keysName = (person: string) => `${KEYS}${person}`;
export const locksOf = (person: string) => `${LOCKS}${person}/`;
export const lockName = (person: string, lock: string) => `${locksOf(person)}${lock}`;
export const rowsOf = (kind: Kind, person: string) => `${kind}/${person}/`;
export const rowsUnder = (kind: Kind, person: string, lock: string) =>
  `${rowsOf(kind, person)}${lock}/`;

// The row of the lock that this row was sealed under.
export function lockOfRow(rowName: string): string {
  const [, person = "", lock = ""] = rowName.split("/");
  return lockName(person, lock);
}
