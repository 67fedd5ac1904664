import { useEffect, useRef, useState } from "preact/hooks";

// A report that was begun and not sent: it is deleted by the second press, never by the first.
export function BegunBefore({ onDelete }: { onDelete(): void }) {
  const [isAsking, setAsking] = useState<boolean>();
  // The question and the way to it take the place of each other, and so does the focus. To the
  // answer that does no harm.
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isAsking !== undefined) next.current?.focus();
  }, [isAsking]);
  return (
    <div class="govuk-inset-text">
      You have begun a report and not sent it. It is as you left it.{" "}
      {isAsking ? (
        <>
          What you typed and chose for it will be gone.{" "}
          <button type="button" class="wb-link-button" onClick={onDelete}>
            Delete it
          </button>{" "}
          <button type="button" class="wb-link-button" ref={next} onClick={() => setAsking(false)}>
            Keep it
          </button>
        </>
      ) : (
        <button type="button" class="wb-link-button" ref={next} onClick={() => setAsking(true)}>
          Delete it and begin a new one
        </button>
      )}
    </div>
  );
}
