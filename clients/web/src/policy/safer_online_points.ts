import { SaferOnlinePoint } from "@api/events/v1/policy_event_pb.js";

// What the policy advises everybody to do about their own accounts (P12).
export const SAFER_ONLINE_POINTS: Record<number, string> = {
  [SaferOnlinePoint.RESPONSIBLE_USE]: "I use social networking sites responsibly",
  [SaferOnlinePoint.SCHOOL_NOT_NAMED]: "My profiles do not name my profession or the school",
  [SaferOnlinePoint.DETAILS_PRIVATE]: "My address and telephone numbers are not on them",
  [SaferOnlinePoint.PRIVACY_HIGH]: "The level of privacy is set high",
  [SaferOnlinePoint.IDENTITY_FRAUD]: "I am aware of identity fraud",
  [SaferOnlinePoint.AUDIENCE_KNOWN]: "I know who can see my pages",
};
