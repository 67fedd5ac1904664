import type { Field } from "../form/field.js";

export const CASE_REF_FIELD: Field = {
  kind: "line",
  name: "case_ref",
  label: "Which case?",
  hint: "Its reference, such as WB-7K4D-9QX2",
  width: 20,
};
