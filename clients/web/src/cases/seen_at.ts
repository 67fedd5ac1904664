import type { CaseEvent } from "@api/events/v1/case_event_pb.js";
import { writtenStoredDate, writtenStoredTime } from "../words/written_time.js";

// When what is in a file was seen, which is neither when it happened nor when it was recorded;
// empty where the event is of no file.
export function seenAtInWords({ body }: CaseEvent): string {
  if (body.case !== "evidenceFiled") return "";
  const { date = "", time = "", approximate = false } = body.value.sighting ?? {};
  if (date === "") return "not known";
  const clock = time === "" ? "at a time not known" : writtenStoredTime(time);
  return `${writtenStoredDate(date)}, ${clock}${approximate ? " (an estimate)" : ""}`;
}
