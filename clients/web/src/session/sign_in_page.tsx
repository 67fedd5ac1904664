import { useState } from "preact/hooks";
import { type Failure, failureOf } from "../api/refusal.js";
import { ErrorSummary } from "../form/error_summary.js";
import { PasswordInput } from "../form/password_input.js";
import { messagesOf, NO_PROBLEM, type Problem } from "../form/problem.js";
import { SendButton } from "../form/send_button.js";
import { Page } from "../page/page.js";
import {
  type Account,
  AccountInputs,
  asStored,
  missingOf,
  rememberedAccount,
} from "./account_inputs.js";
import { sessionState, signIn } from "./session.js";

// Which of the three is wrong is not told, so it is the first that is pointed at.
function problemOfSignIn(failure: Failure): Problem {
  if (failure.code !== "R-SIGN-IN-FAILED") return { errors: [], failure };
  return { errors: [{ name: "user_name", message: failure.message }], failure };
}

export function SignInPage() {
  const [account, setAccount] = useState<Account>(rememberedAccount);
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<Problem>(NO_PROBLEM);
  const [busy, setBusy] = useState(false);
  const state = sessionState.value;
  const hasEnded = state.kind === "out" && state.ended;

  async function submit(event: Event) {
    event.preventDefault();
    if (busy) return;
    const errors = missingOf(account);
    if (password.trim() === "") errors.push({ name: "password", message: "Enter your password" });
    setProblem({ errors });
    if (errors.length > 0) return;
    setBusy(true);
    try {
      const { school, userName } = asStored(account);
      await signIn(school, userName, password);
    } catch (error) {
      setProblem(problemOfSignIn(failureOf(error)));
      setPassword("");
    } finally {
      setBusy(false);
    }
  }

  const messages = messagesOf(problem);
  return (
    <Page heading={hasEnded ? "Sign in again" : "Sign in"}>
      <ErrorSummary problem={problem} />
      {hasEnded && (
        <div class="govuk-inset-text">
          Your session has ended, so that nobody else can read over your shoulder. What you typed is
          kept. Sign in again and go on where you were.
        </div>
      )}
      <form onSubmit={submit} noValidate>
        <AccountInputs account={account} onAccount={setAccount} messages={messages} />
        <PasswordInput
          name="password"
          label="Password"
          autocomplete="current-password"
          value={password}
          onValue={setPassword}
          error={messages.get("password")}
        />
        <SendButton text="Sign in" busy={busy} />
      </form>
      <p class="govuk-body">
        <a class="govuk-link" href="/first-password">
          I have a code and no password yet
        </a>
      </p>
      <p class="govuk-body">
        If you have lost your password, ask the administrator of your school for a new code.
      </p>
      <h2 class="govuk-heading-m">If somebody is in danger</h2>
      <p class="govuk-body">
        Do not sign in first. Call 999 if a child is in immediate danger, and tell the Headteacher
        or the safeguarding lead in person.
      </p>
    </Page>
  );
}
