import { AccessService } from "@api/v1/access_service_pb.js";
import { useState } from "preact/hooks";
import { client } from "../api/client.js";
import { failureOf } from "../api/refusal.js";
import { ErrorSummary } from "../form/error_summary.js";
import { LineInput } from "../form/line_input.js";
import { PasswordInput } from "../form/password_input.js";
import { messagesOf, NO_PROBLEM, type Problem, problemOf } from "../form/problem.js";
import { SendButton } from "../form/send_button.js";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import { go } from "../page/router.js";
import {
  type Account,
  AccountInputs,
  asStored,
  missingOf,
  rememberedAccount,
} from "./account_inputs.js";
import { NEW_PASSWORD_HINT, newPasswordErrors } from "./new_password.js";
import { signIn } from "./session.js";

const FIELDS = [
  { name: "school" },
  { name: "user_name" },
  { name: "code" },
  { name: "new_password" },
];

// The code that the administrator handed out becomes a password that only its owner knows.
export function FirstPasswordPage() {
  const [account, setAccount] = useState<Account>(rememberedAccount);
  const [code, setCode] = useState("");
  const [newPassword, setNewPassword] = useState("");
  const [problem, setProblem] = useState<Problem>(NO_PROBLEM);
  const [busy, setBusy] = useState(false);

  async function submit(event: Event) {
    event.preventDefault();
    if (busy) return;
    const errors = missingOf(account);
    if (code.trim() === "") {
      errors.push({ name: "code", message: "Enter the code that you were given" });
    }
    errors.push(...newPasswordErrors(newPassword));
    setProblem({ errors });
    if (errors.length > 0) return;
    setBusy(true);
    try {
      const { school, userName } = asStored(account);
      await client(AccessService).activateAccount({
        school,
        userName,
        code: code.trim(),
        newPassword,
      });
      await signIn(school, userName, newPassword);
      tell("Your password is set, and you are signed in.");
      go("/", "replace");
    } catch (error) {
      setProblem(problemOf(FIELDS, failureOf(error)));
    } finally {
      setBusy(false);
    }
  }

  const messages = messagesOf(problem);
  return (
    <Page heading="Set your first password" back={{ to: "/", text: "Back to sign in" }}>
      <ErrorSummary problem={problem} />
      <p class="govuk-body">
        You need the code that the administrator of your school gave you. It works once and for
        seven days.
      </p>
      <form onSubmit={submit} noValidate>
        <AccountInputs account={account} onAccount={setAccount} messages={messages} />
        <LineInput
          name="code"
          label="Code"
          width={20}
          autocomplete="one-time-code"
          value={code}
          onValue={setCode}
          error={messages.get("code")}
        />
        <PasswordInput
          name="new_password"
          label="New password"
          hint={NEW_PASSWORD_HINT}
          autocomplete="new-password"
          value={newPassword}
          onValue={setNewPassword}
          error={messages.get("new_password")}
        />
        <SendButton text="Set this password" busy={busy} />
      </form>
    </Page>
  );
}
