import { SecondPress } from "../page/second_press.js";

// A report that was begun and not sent.
export function BegunBefore({ onDelete }: { onDelete(): void }) {
  return (
    <div class="govuk-inset-text">
      You have begun a report and not sent it. It is as you left it.{" "}
      <SecondPress
        first="Delete it and begin a new one"
        gone="What you typed and chose for it will be gone."
        onDelete={onDelete}
      />
    </div>
  );
}
