import { useState } from "preact/hooks";
import { isKeptInTabOnly } from "../draft/drafts.js";
import { Page } from "../page/page.js";
import { signOut } from "./session.js";

// What becomes of what the person typed or chose and did not send: they alone can say.
export function SignOutPage() {
  const [busy, setBusy] = useState(false);
  const mayKeep = !isKeptInTabOnly.value;

  function leave(drafts: "kept" | "erased") {
    if (busy) return;
    setBusy(true);
    void signOut(drafts);
  }

  return (
    <Page heading="Before you sign out" back={{ to: "/", text: "Do not sign out" }}>
      <p class="govuk-body">
        There is something on this computer that you typed or chose and have not sent: a report, a
        form or a file.
      </p>
      {mayKeep ? (
        <p class="govuk-body">
          It can be kept here for seven days, sealed with your password. Whoever uses this computer
          next can neither read it nor see what it is about.
        </p>
      ) : (
        <p class="govuk-body">
          This browser keeps nothing once you have signed out. To keep it, do not sign out: go back
          and send it first.
        </p>
      )}
      <div class="govuk-button-group">
        {mayKeep && (
          <button type="button" class="govuk-button" onClick={() => leave("kept")}>
            Keep it and sign out
          </button>
        )}
        <button
          type="button"
          class="govuk-button govuk-button--warning"
          onClick={() => leave("erased")}
        >
          Delete it and sign out
        </button>
      </div>
    </Page>
  );
}
