import type { CaseFile } from "@api/v1/case_pb.js";
import type { Field } from "../../form/field.js";
import { writtenTime } from "../../words/written_time.js";

// Asked only where several sites or apps were told.
export function whichProviderReport(file: CaseFile): Field[] {
  const options = file.timeline.flatMap(({ event, revision, recordedTime }) =>
    event?.body.case === "providerReported"
      ? [
          {
            value: String(revision),
            text: `${event.body.value.platform}, recorded ${writtenTime(recordedTime)}`,
          },
        ]
      : [],
  );
  if (options.length < 2) return [];
  return [{ kind: "select", name: "report_revision", label: "Which report?", options }];
}
