// What is no alarm: nothing was found, because nothing could be looked at.
export function CannotCheckPanel() {
  return (
    <div class="govuk-inset-text" role="status">
      <h2 class="govuk-heading-m">This browser cannot check the log</h2>
      <p class="govuk-body">
        This is not an alarm. The browser is too old to check signatures (Ed25519), so it can say
        neither that the log is whole nor that it is not. Look again with a newer browser.
      </p>
    </div>
  );
}
