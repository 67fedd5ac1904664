import { signal } from "@preact/signals";

// What has just been done, told on the page that follows.
export const notice = signal<{ text: string; next?: string } | undefined>(undefined);

export function tell(text: string, next?: string): void {
  notice.value = next === undefined || next === "" ? { text } : { text, next };
}

export function NoticeBanner() {
  const told = notice.value;
  return (
    <div aria-live="polite">
      {told && (
        <section
          class="govuk-notification-banner govuk-notification-banner--success"
          aria-labelledby="notice-title"
        >
          <div class="govuk-notification-banner__header">
            <h2 class="govuk-notification-banner__title" id="notice-title">
              Done
            </h2>
          </div>
          <div class="govuk-notification-banner__content">
            <p class="govuk-notification-banner__heading">{told.text}</p>
            {told.next && <p class="govuk-body">{told.next}</p>}
            <button
              type="button"
              class="wb-link-button"
              onClick={() => {
                notice.value = undefined;
              }}
            >
              Close this message
            </button>
          </div>
        </section>
      )}
    </div>
  );
}
