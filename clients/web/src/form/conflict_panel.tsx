import type { TimelineEntry } from "@api/v1/case_pb.js";
import type { Conflict } from "@api/v1/error_pb.js";
import { eventLines } from "../cases/event_fields.js";
import { eventTitle } from "../words/event_words.js";
import { writtenTime } from "../words/written_time.js";

function EntryText({ entry }: { entry: TimelineEntry }) {
  const body = entry.event?.body.value;
  if (body === undefined) return null;
  const names = new Map([[entry.actorId, entry.actorName]]);
  return (
    <dl class="wb-event">
      {eventLines(body, names).map(({ label, text }) => (
        <div key={label + text}>
          <dt>{label}</dt>
          <dd class="wb-typed">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

interface ConflictPanelProps {
  conflict: Conflict;
  busy: boolean;
  onSendAfter(revision: bigint): void;
}

// What somebody else recorded meanwhile. What was typed stays in the form below.
export function ConflictPanel({ conflict, busy, onSendAfter }: ConflictPanelProps) {
  return (
    <section class="wb-card" aria-labelledby="conflict-title">
      <h2 class="govuk-heading-m" id="conflict-title">
        Recorded while you were writing
      </h2>
      {conflict.entries.length === 0 ? (
        <p class="govuk-body">Entries that are not for you to see.</p>
      ) : (
        <ol class="govuk-list govuk-list--number">
          {conflict.entries.map((entry) => (
            <li key={String(entry.revision)}>
              <strong>{eventTitle(entry.event?.body.value?.$typeName ?? "Entry")}</strong>, by{" "}
              {entry.actorName}, <time>{writtenTime(entry.recordedTime)}</time>
              <EntryText entry={entry} />
            </li>
          ))}
        </ol>
      )}
      <p class="govuk-body">
        What you typed is still below. Change it if this changes anything, then record it.
      </p>
      <button
        type="button"
        class="govuk-button"
        aria-disabled={busy}
        onClick={() => onSendAfter(conflict.currentRevision)}
      >
        Record mine after these
      </button>
    </section>
  );
}
