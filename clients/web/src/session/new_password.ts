import type { FieldError } from "../form/check.js";

// As the server has it.
const CHARACTERS_MIN = 12;
const CHARACTERS_MAX = 200;

export const NEW_PASSWORD_HINT =
  "At least 12 characters. Three or four words that do not belong together are good. Use a " +
  "password that you use nowhere else, and tell it to nobody (P15).";

export function newPasswordErrors(password: string): FieldError[] {
  const characters = [...password].length;
  if (characters === 0) return [{ name: "new_password", message: "Enter a new password" }];
  if (characters < CHARACTERS_MIN) {
    const message = `The new password needs at least ${CHARACTERS_MIN} characters`;
    return [{ name: "new_password", message }];
  }
  if (characters > CHARACTERS_MAX) {
    const message = `The new password can have ${CHARACTERS_MAX} characters at most`;
    return [{ name: "new_password", message }];
  }
  return [];
}
