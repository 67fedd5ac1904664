import { computed, signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { takeovers, visits } from "./router.js";

interface PageProps {
  // Also the title of the window: it names nobody and no case's content.
  heading: string;
  caption?: string;
  back?: { to: string; text: string };
  wide?: boolean;
  children: ComponentChildren;
}

const title = signal("Wardbook");

// Set while the page says what is wrong.
export const hasErrorSummary = signal(false);

// The title that the window has while the page can be seen.
export const pageTitle = computed(() => `${hasErrorSummary.value ? "Error: " : ""}${title.value}`);

// What every page has: a title, a heading that takes the focus, and one column of text.
export function Page(props: PageProps) {
  const { heading, caption, back, wide = false, children } = props;
  const headline = useRef<HTMLHeadingElement>(null);
  const visit = visits.value + takeovers.value;

  useEffect(() => {
    title.value = `${heading} – Wardbook`;
  }, [heading]);

  useEffect(() => {
    // The first page of all is read from its top by itself.
    if (visit > 0) headline.current?.focus();
  }, [visit, heading]);

  return (
    <>
      {back && (
        <nav aria-label="Back">
          <a href={back.to} class="govuk-back-link">
            {back.text}
          </a>
        </nav>
      )}
      <main class="govuk-main-wrapper" id="main">
        <div class="govuk-grid-row">
          <div class={wide ? "govuk-grid-column-full" : "govuk-grid-column-two-thirds"}>
            {caption && <span class="govuk-caption-l">{caption}</span>}
            <h1 class="govuk-heading-l" tabIndex={-1} ref={headline}>
              {heading}
            </h1>
            {children}
          </div>
        </div>
      </main>
    </>
  );
}
