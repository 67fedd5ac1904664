import { isKeptInTabOnly } from "./drafts.js";

// For as long as a closed tab would lose what was typed.
export function NotKeptNotice() {
  return (
    <div aria-live="polite">
      {isKeptInTabOnly.value && (
        <section class="govuk-notification-banner" aria-labelledby="not-kept">
          <div class="govuk-notification-banner__header">
            <h2 class="govuk-notification-banner__title">Important</h2>
          </div>
          <div class="govuk-notification-banner__content">
            <p class="govuk-notification-banner__heading" id="not-kept">
              What you type is not kept on this computer
            </p>
            <p class="govuk-body">
              It is lost when this tab is closed or loaded anew, so send it before you leave. The
              disk may be full, or this window may be a private one.
            </p>
          </div>
        </section>
      )}
    </div>
  );
}
