import { useEffect, useRef, useState } from "preact/hooks";

interface SecondPressProps {
  first: string;
  // What is gone then, as a sentence.
  gone: string;
  onDelete(): void;
}

// Deletes by the second press, never by the first. The question and the way to it take the place
// of each other, and so does the focus: to the answer that does no harm.
export function SecondPress({ first, gone, onDelete }: SecondPressProps) {
  const [isAsking, setAsking] = useState<boolean>();
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isAsking !== undefined) next.current?.focus();
  }, [isAsking]);
  if (!isAsking) {
    return (
      <button type="button" class="wb-link-button" ref={next} onClick={() => setAsking(true)}>
        {first}
      </button>
    );
  }
  return (
    <>
      {gone}{" "}
      <button type="button" class="wb-link-button" onClick={onDelete}>
        Delete it
      </button>{" "}
      <button type="button" class="wb-link-button" ref={next} onClick={() => setAsking(false)}>
        Keep it
      </button>
    </>
  );
}
