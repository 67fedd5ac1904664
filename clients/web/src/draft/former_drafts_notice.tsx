import { path } from "../page/router.js";
import { writtenDay } from "../words/written_time.js";
import { formerKeptUntil } from "./drafts.js";

export const FORMER_DRAFTS_ADDRESS = "/account/former-password";

// Whoever comes back with another password looks for what they typed, and is told where it is.
export function FormerDraftsNotice() {
  const until = formerKeptUntil.value;
  if (until === undefined || path.value === FORMER_DRAFTS_ADDRESS) return null;
  return (
    <section class="govuk-inset-text" aria-label="Typed before your password changed">
      You typed something on this computer before your password changed. Your new password cannot
      open it, and by {writtenDay(new Date(until))} at the latest it is removed.{" "}
      <a class="govuk-link" href={FORMER_DRAFTS_ADDRESS}>
        Open it with your former password, or delete it
      </a>
    </section>
  );
}
