import type { Action } from "./action.js";
import { ADVICE_ACTIONS } from "./advice_actions.js";
import { CLOSING_ACTIONS } from "./closing_actions.js";
import { DECISION_ACTIONS } from "./decision_actions.js";
import { FIRST_ACTIONS } from "./first_actions.js";
import { OUTSIDE_ACTIONS } from "./outside_actions.js";
import { POLICE_ACTIONS } from "./police_actions.js";
import { REFERRAL_ACTIONS } from "./referral_actions.js";

// In the order in which a case mostly goes.
export const ACTIONS: readonly Action[] = [
  ...FIRST_ACTIONS,
  ...ADVICE_ACTIONS,
  ...REFERRAL_ACTIONS,
  ...POLICE_ACTIONS,
  ...DECISION_ACTIONS,
  ...OUTSIDE_ACTIONS,
  ...CLOSING_ACTIONS,
];
