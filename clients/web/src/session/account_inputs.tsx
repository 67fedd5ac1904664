import type { FieldError } from "../form/check.js";
import { LineInput } from "../form/line_input.js";
import { rememberedSchool } from "./session.js";

// Whose account it is, as it was typed.
export interface Account {
  school: string;
  userName: string;
}

export const rememberedAccount = (): Account => ({ school: rememberedSchool(), userName: "" });

// The server has both in small letters.
export function asStored({ school, userName }: Account): Account {
  return { school: school.trim().toLowerCase(), userName: userName.trim().toLowerCase() };
}

export function missingOf({ school, userName }: Account): FieldError[] {
  return [
    { name: "school", message: "Enter your school's short name", text: school },
    { name: "user_name", message: "Enter your user name", text: userName },
  ]
    .filter(({ text }) => text.trim() === "")
    .map(({ name, message }) => ({ name, message }));
}

interface AccountInputsProps {
  account: Account;
  // A password manager fills both at once: the one does not undo the other.
  onAccount(change: (before: Account) => Account): void;
  messages: ReadonlyMap<string, string>;
}

export function AccountInputs({ account, onAccount, messages }: AccountInputsProps) {
  return (
    <>
      <LineInput
        name="school"
        label="School"
        hint="Its short name, such as oakfield"
        width={20}
        autocomplete="organization"
        value={account.school}
        onValue={(school) => onAccount((before) => ({ ...before, school }))}
        error={messages.get("school")}
      />
      <LineInput
        name="user_name"
        label="User name"
        width={20}
        autocomplete="username"
        value={account.userName}
        onValue={(userName) => onAccount((before) => ({ ...before, userName }))}
        error={messages.get("user_name")}
      />
    </>
  );
}
