// What stands in the place of a page that is still on its way: on a quick line it is gone
// before it is seen.
export function Loading() {
  return (
    <main class="govuk-main-wrapper" id="main" aria-busy="true">
      <p class="govuk-body wb-late" role="status">
        This page is on its way.
      </p>
    </main>
  );
}
