import type { FieldError } from "../form/check.js";
import type { NamedParty } from "./report_draft.js";

// A line without a name is nobody. The names are those by which the server names them.
export function partyErrors(people: readonly NamedParty[]): FieldError[] {
  return people.flatMap((party, index) => {
    const field = `parties[${index}]`;
    if (party.name.trim() === "") {
      const isTouched = party.capacity !== "" || party.category !== "";
      return isTouched ? [{ name: `${field}.name`, message: "Enter their name" }] : [];
    }
    const errors: FieldError[] = [];
    if (party.capacity === "") {
      errors.push({ name: `${field}.capacity`, message: `Choose how ${party.name} is involved` });
    }
    if (party.category === "") {
      const message = `Choose how ${party.name} is connected with the school`;
      errors.push({ name: `${field}.category`, message });
    }
    return errors;
  });
}
