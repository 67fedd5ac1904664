import type { Action } from "./action.js";
import { ADVICE_ACTIONS } from "./advice_actions.js";
import { CLOSING_ACTIONS } from "./closing_actions.js";
import { DECISION_ACTIONS } from "./decision_actions.js";
import { DISAGREEMENT_ACTIONS } from "./disagreement_actions.js";
import { FILE_ACTIONS } from "./file_actions.js";
import { FIRST_ACTIONS } from "./first_actions.js";
import { GOVERNANCE_ACTIONS } from "./governance_actions.js";
import { HANDLING_ACTIONS } from "./handling_actions.js";
import { OUTSIDE_ACTIONS } from "./outside_actions.js";
import { POLICE_ACTIONS } from "./police_actions.js";
import { REFERRAL_ACTIONS } from "./referral_actions.js";
import { REFERRAL_PROGRESS_ACTIONS } from "./referral_progress_actions.js";

// In the order in which a case mostly goes.
export const ACTIONS: readonly Action[] = [
  ...FIRST_ACTIONS,
  ...FILE_ACTIONS,
  ...HANDLING_ACTIONS,
  ...ADVICE_ACTIONS,
  ...REFERRAL_ACTIONS,
  ...REFERRAL_PROGRESS_ACTIONS,
  ...POLICE_ACTIONS,
  ...DECISION_ACTIONS,
  ...GOVERNANCE_ACTIONS,
  ...OUTSIDE_ACTIONS,
  ...DISAGREEMENT_ACTIONS,
  ...CLOSING_ACTIONS,
];
