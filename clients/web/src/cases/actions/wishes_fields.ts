import { WishesTreatment } from "@api/events/v1/investigation_event_pb.js";
import type { Field } from "../../form/field.js";

// Every decision says whether it follows what the reporter wishes (P46).
export const WISHES_FIELDS: Field[] = [
  {
    kind: "choice",
    name: "wishes_treatment",
    label: "Is what the reporter wishes followed?",
    hint: "Their wishes stand in the history of the case.",
    missing: "Choose whether what the reporter wishes is followed",
    options: [
      { value: String(WishesTreatment.FOLLOWED), text: "Yes" },
      { value: String(WishesTreatment.DEPARTED), text: "No" },
    ],
  },
  {
    kind: "text",
    name: "wishes_reasons",
    label: "Why are they not followed?",
    missing: "Enter why the wishes are not followed",
    rows: 3,
    when: (typed) => typed.wishes_treatment === String(WishesTreatment.DEPARTED),
  },
];
