// The button that names what it does. While it is being done a second press does nothing.
export function SendButton({
  text,
  busy,
  warning,
}: {
  text: string;
  busy: boolean;
  warning?: boolean;
}) {
  return (
    <button
      type="submit"
      class={`govuk-button${warning ? " govuk-button--warning" : ""}`}
      aria-disabled={busy}
    >
      {busy ? "Sending…" : text}
    </button>
  );
}
