import { useState } from "preact/hooks";

// A report that was begun and not sent: it is deleted by the second press, never by the first.
export function BegunBefore({ onDelete }: { onDelete(): void }) {
  const [isSure, setSure] = useState(false);
  return (
    <div class="govuk-inset-text">
      You have begun a report and not sent it. It is as you left it.{" "}
      {isSure ? (
        <>
          What you typed and chose for it will be gone.{" "}
          <button type="button" class="wb-link-button" onClick={onDelete}>
            Delete it
          </button>{" "}
          <button type="button" class="wb-link-button" onClick={() => setSure(false)}>
            Keep it
          </button>
        </>
      ) : (
        <button type="button" class="wb-link-button" onClick={() => setSure(true)}>
          Delete it and begin a new one
        </button>
      )}
    </div>
  );
}
