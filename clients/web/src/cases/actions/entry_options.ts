import type { CaseFile } from "@api/v1/case_pb.js";
import { eventTitle, type Option } from "../../words/event_words.js";
import { writtenTime } from "../../words/written_time.js";

// The entries of a case, to choose one of.
export function entryOptions(file: CaseFile): Option[] {
  return file.timeline.map(({ revision, event, recordedTime }) => ({
    value: String(revision),
    text:
      `${revision}. ${eventTitle(event?.body.value?.$typeName ?? "Entry")}, ` +
      writtenTime(recordedTime),
  }));
}
