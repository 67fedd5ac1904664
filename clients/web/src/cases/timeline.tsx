import type { CaseFile, TimelineEntry } from "@api/v1/case_pb.js";
import { eventTitle } from "../words/event_words.js";
import { writtenLocalDateTime } from "../words/local_date_time.js";
import { dateOf, writtenTime } from "../words/written_time.js";
import { eventLines } from "./event_fields.js";
import { happenedAt } from "./happened_at.js";
import { namesInCase } from "./names_in_case.js";
import { seenAtInWords } from "./seen_at.js";

function titleOf(entry: TimelineEntry): string {
  const body = entry.event?.body.value;
  if (body === undefined) return "An entry that this page is too old to show. Load it again.";
  return eventTitle(body.$typeName);
}

function Entry({ entry, names }: { entry: TimelineEntry; names: ReadonlyMap<string, string> }) {
  const body = entry.event?.body.value;
  const happened = entry.event === undefined ? undefined : happenedAt(entry.event);
  const seen = entry.event === undefined ? "" : seenAtInWords(entry.event);
  const recorded = entry.recordedTime;
  return (
    <li class="moj-timeline__item" id={`entry-${entry.revision}`}>
      <div class="moj-timeline__header">
        <h3 class="moj-timeline__title">
          {String(entry.revision)}. {titleOf(entry)}
        </h3>{" "}
        <p class="moj-timeline__byline">by {entry.actorName}</p>
      </div>
      <dl class="wb-times">
        {happened && (
          <div>
            <dt>Happened</dt>
            <dd>{writtenLocalDateTime(happened)}</dd>
          </div>
        )}
        {seen !== "" && (
          <div>
            <dt>Seen</dt>
            <dd>{seen}</dd>
          </div>
        )}
        <div>
          <dt>Recorded</dt>
          <dd>
            <time dateTime={recorded === undefined ? "" : dateOf(recorded).toISOString()}>
              {writtenTime(recorded)}
            </time>
          </dd>
        </div>
      </dl>
      {body && (
        <dl class="wb-event">
          {eventLines(body, names).map(({ label, text }, index) => (
            // Lines of one entry never change their order.
            <div key={index}>
              <dt>{label}</dt>
              <dd class="wb-typed">{text}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

// All that was recorded, oldest first; when it happened and when it was seen stand apart from
// when it was recorded.
export function Timeline({ file }: { file: CaseFile }) {
  const names = namesInCase(file);
  return (
    <ol class="moj-timeline wb-timeline">
      {file.timeline.map((entry) => (
        <Entry key={String(entry.revision)} entry={entry} names={names} />
      ))}
    </ol>
  );
}
