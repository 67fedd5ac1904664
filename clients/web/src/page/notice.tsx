import { signal } from "@preact/signals";

// Whether all is well, or somebody has to do something now: that is not shown in green.
type Kind = "done" | "important";

// What has just been done, told on the page that follows.
export const notice = signal<{ kind: Kind; text: string; next?: string } | undefined>(undefined);

export function tell(text: string, next?: string, kind: Kind = "done"): void {
  notice.value = next === undefined || next === "" ? { kind, text } : { kind, text, next };
}

export function NoticeBanner() {
  const told = notice.value;
  const isDone = told?.kind === "done";
  return (
    <div aria-live="polite">
      {told && (
        <section
          class={`govuk-notification-banner${isDone ? " govuk-notification-banner--success" : ""}`}
          aria-labelledby="notice-title"
        >
          <div class="govuk-notification-banner__header">
            <h2 class="govuk-notification-banner__title" id="notice-title">
              {isDone ? "Done" : "Important"}
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
