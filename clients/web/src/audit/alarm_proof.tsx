import { SummaryList } from "../page/summary_list.js";
import { writtenTime } from "../words/written_time.js";
import type { Alarm } from "./kept_checkpoint.js";

// The two notes, to be copied: they are the evidence.
export function AlarmProof({ alarm }: { alarm: Alarm }) {
  const { kept, given } = alarm;
  return (
    <SummaryList
      rows={[
        { term: "Found", text: writtenTime(new Date(alarm.foundAt)) },
        { term: "What", text: alarm.what },
        ...(kept === undefined
          ? []
          : [
              { term: "Seen before", text: writtenTime(new Date(kept.seenAt)) },
              { term: "Checkpoint seen before", text: kept.note },
              { term: "Signed with", text: kept.key },
            ]),
        { term: "Checkpoint given then", text: given.note },
        { term: "Key given then", text: given.key },
      ]}
    />
  );
}
