import type { Field } from "../../form/field.js";
import type { FormContext } from "./action.js";
import { referralOptions, referralsOf } from "./referrals.js";

// Where the school records what the council said, it names who said it.
export const CONVEYED_BY: Field = {
  kind: "line",
  name: "conveyed_by",
  label: "Who of the council said so, and how",
  hint: "Needed where the school records it; officers of the council leave it empty",
  optional: true,
};

// Asked only where there are several.
export function whichReferral({ file }: FormContext): Field[] {
  const referrals = referralsOf(file);
  if (referrals.length < 2) return [];
  return [
    {
      kind: "select",
      name: "referral_id",
      label: "Which referral?",
      hint: "The newest, if you choose none",
      optional: true,
      options: referralOptions(referrals),
    },
  ];
}

export const missingInWords = (items: readonly string[]) =>
  items.length === 0 ? "" : `Still missing: ${items.join(" ")}`;
