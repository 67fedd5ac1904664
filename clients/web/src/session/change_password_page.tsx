import { useState } from "preact/hooks";
import { failureOf } from "../api/refusal.js";
import { ErrorSummary } from "../form/error_summary.js";
import { PasswordInput } from "../form/password_input.js";
import { messagesOf, NO_PROBLEM, type Problem, problemOf } from "../form/problem.js";
import { SendButton } from "../form/send_button.js";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import { go } from "../page/router.js";
import { NEW_PASSWORD_HINT, newPasswordErrors } from "./new_password.js";
import { changePassword } from "./session.js";

const FIELDS = [{ name: "old_password" }, { name: "new_password" }];

export function ChangePasswordPage() {
  const [oldPassword, setOldPassword] = useState("");
  const [newPassword, setNewPassword] = useState("");
  const [problem, setProblem] = useState<Problem>(NO_PROBLEM);
  const [busy, setBusy] = useState(false);

  async function submit(event: Event) {
    event.preventDefault();
    if (busy) return;
    const missing = { name: "old_password", message: "Enter the password that you have now" };
    const errors = [...(oldPassword === "" ? [missing] : []), ...newPasswordErrors(newPassword)];
    setProblem({ errors });
    if (errors.length > 0) return;
    setBusy(true);
    try {
      await changePassword(oldPassword, newPassword);
      tell("Your password is changed.", "Your sessions on other computers have ended.");
      go("/account", "replace");
    } catch (error) {
      setProblem(problemOf(FIELDS, failureOf(error)));
    } finally {
      setBusy(false);
    }
  }

  const messages = messagesOf(problem);
  return (
    <Page heading="Change your password" back={{ to: "/account", text: "Back to your account" }}>
      <ErrorSummary problem={problem} />
      <form onSubmit={submit} noValidate>
        <PasswordInput
          name="old_password"
          label="Password that you have now"
          autocomplete="current-password"
          value={oldPassword}
          onValue={setOldPassword}
          error={messages.get("old_password")}
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
        <SendButton text="Change the password" busy={busy} />
      </form>
    </Page>
  );
}
