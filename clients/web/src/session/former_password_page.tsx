import { useState } from "preact/hooks";
import type { Opened } from "../draft/draft_vault.js";
import { formerKeptUntil, openFormerDrafts, removeFormerDrafts } from "../draft/drafts.js";
import { placesOf } from "../draft/place_of_draft.js";
import { ErrorSummary } from "../form/error_summary.js";
import { PasswordInput } from "../form/password_input.js";
import { messagesOf, NO_PROBLEM, type Problem } from "../form/problem.js";
import { SendButton } from "../form/send_button.js";
import { keepFocus } from "../page/focus.js";
import { tell } from "../page/notice.js";
import { Page } from "../page/page.js";
import { go } from "../page/router.js";
import { SecondPress } from "../page/second_press.js";
import { writtenDay } from "../words/written_time.js";

const wrong = (message: string): Problem => ({ errors: [{ name: "former_password", message }] });

function Places({ intro, drafts }: { intro: string; drafts: readonly string[] }) {
  if (drafts.length === 0) return null;
  return (
    <>
      <p class="govuk-body">{intro}</p>
      <ul class="govuk-list govuk-list--bullet">
        {placesOf(drafts).map(({ to, text }) => (
          <li key={to}>
            <a class="govuk-link" href={to}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

// What is sealed with a password that is the person's no more: only they may still know it.
export function FormerPasswordPage() {
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<Problem>(NO_PROBLEM);
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Opened>({ opened: [], stayed: [] });
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
        return;
      }
      setFound(opened);
      if (opened.stayed.length > 0) {
        tell("Something stays shut, because you have begun the same anew.", "", "important");
      } else {
        tell("What you typed before is open again.");
      }
      keepFocus();
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
  const places = (
    <>
      <Places intro="Open again, as you left it:" drafts={found.opened} />
      <Places
        intro={
          "Still shut, because you have begun the same anew. Send or delete the new one, then " +
          "come back here and enter your former password once more:"
        }
        drafts={found.stayed}
      />
    </>
  );
  if (until === undefined) {
    return (
      <Page heading="Your former password" back={back}>
        {places}
        <p class="govuk-body">
          {found.opened.length > 0 ? "There is nothing more" : "There is nothing"} on this computer
          that it would open.
        </p>
      </Page>
    );
  }
  return (
    <Page heading="Your former password" back={back}>
      <ErrorSummary problem={problem} />
      {places}
      <p class="govuk-body">
        You typed or chose something on this computer and did not send it. Then your password
        changed. It is sealed with the password that you had before: without that one nobody can
        open it, not even the administrator.
      </p>
      <p class="govuk-body">By {writtenDay(new Date(until))} at the latest it is removed.</p>
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
      <p class="govuk-body">Type it again. What cannot be opened is removed by that day.</p>
      <p class="govuk-body">
        <SecondPress
          first="Delete what cannot be opened"
          gone="What you typed and did not send will be gone."
          onDelete={() => void remove()}
        />
      </p>
    </Page>
  );
}
