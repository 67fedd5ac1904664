import { useEffect, useRef, useState } from "preact/hooks";
import { formerKeptUntil, openFormerDrafts, removeFormerDrafts } from "../draft/drafts.js";
import { ErrorSummary } from "../form/error_summary.js";
import { PasswordInput } from "../form/password_input.js";
import { messagesOf, NO_PROBLEM, type Problem } from "../form/problem.js";
import { SendButton } from "../form/send_button.js";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import { go } from "../page/router.js";
import { writtenDay } from "../words/written_time.js";

const wrong = (message: string): Problem => ({ errors: [{ name: "former_password", message }] });

// By the second press, never by the first. The question and the way to it take the place of each
// other, and so does the focus: to the answer that does no harm.
function DeleteUnopened({ onDelete }: { onDelete(): void }) {
  const [isAsking, setAsking] = useState<boolean>();
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isAsking !== undefined) next.current?.focus();
  }, [isAsking]);
  if (!isAsking) {
    return (
      <p class="govuk-body">
        Type it again, and{" "}
        <button type="button" class="wb-link-button" ref={next} onClick={() => setAsking(true)}>
          delete what cannot be opened
        </button>
        . If you do nothing, it is removed on that day.
      </p>
    );
  }
  return (
    <>
      <p class="govuk-body">What you typed and did not send will be gone.</p>
      <div class="govuk-button-group">
        <button type="button" class="govuk-button govuk-button--warning" onClick={onDelete}>
          Delete it
        </button>
        <button
          type="button"
          class="govuk-button govuk-button--secondary"
          ref={next}
          onClick={() => setAsking(false)}
        >
          Keep it
        </button>
      </div>
    </>
  );
}

// What is sealed with a password that is the person's no more: only they may still know it.
export function FormerPasswordPage() {
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<Problem>(NO_PROBLEM);
  const [busy, setBusy] = useState(false);
  const until = formerKeptUntil.value;

  async function submit(event: Event) {
    event.preventDefault();
    if (busy) return;
    setProblem(NO_PROBLEM);
    if (password === "") return setProblem(wrong("Enter your former password"));
    setBusy(true);
    try {
      const opened = await openFormerDrafts(password);
      if (opened === undefined) {
        setProblem(wrong("This password does not open what you typed"));
      } else if (opened.stayed.length === 0) {
        tell("What you typed before is open again.", "Go back to where you typed it.");
        go("/", "replace");
      } else {
        tell(
          "Something stays shut, because you have begun the same anew.",
          "Send or delete that first. Then enter your former password once more.",
          "important",
        );
        go("/", "replace");
      }
    } catch {
      setProblem(
        wrong("This computer cannot keep it. Free some space on its disk, then try again"),
      );
    } finally {
      setPassword("");
      setBusy(false);
    }
  }

  async function remove() {
    if (busy) return;
    setBusy(true);
    try {
      await removeFormerDrafts();
      tell("What you typed before your password changed is deleted.");
      go("/", "replace");
    } catch {
      setProblem({
        errors: [{ name: "former_password", message: "It could not be deleted. Try again" }],
      });
    } finally {
      setBusy(false);
    }
  }

  const back = { to: "/account", text: "Back to your account" };
  if (until === undefined) {
    return (
      <Page heading="Your former password" back={back}>
        <p class="govuk-body">There is nothing on this computer that it would open.</p>
      </Page>
    );
  }
  return (
    <Page heading="Your former password" back={back}>
      <ErrorSummary problem={problem} />
      <p class="govuk-body">
        You typed or chose something on this computer and did not send it. Then your password
        changed. It is sealed with the password that you had before: without that one nobody can
        open it, not even the administrator.
      </p>
      <p class="govuk-body">On {writtenDay(new Date(until))} it is removed.</p>
      <form onSubmit={submit} noValidate>
        <PasswordInput
          name="former_password"
          label="Password that you had before"
          autocomplete="current-password"
          value={password}
          onValue={setPassword}
          error={messagesOf(problem).get("former_password")}
        />
        <SendButton text="Open what I typed" busy={busy} />
      </form>
      <h2 class="govuk-heading-m">If you do not know it any more</h2>
      <DeleteUnopened onDelete={() => void remove()} />
    </Page>
  );
}
