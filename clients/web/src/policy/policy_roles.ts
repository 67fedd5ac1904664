import { PolicyOffice } from "@api/events/v1/policy_event_pb.js";
import { Role } from "@api/events/v1/values_pb.js";
import type { Session } from "@api/v1/access_service_pb.js";
import { holdsAny } from "../session/session.js";

// Whom the server lets see that the policy is kept, draft and revise.
export function overseesPolicy(session: Session | undefined): boolean {
  return holdsAny(
    session,
    Role.HEADTEACHER,
    Role.SENIOR_LEADERSHIP,
    Role.SAFEGUARDING_LEAD,
    Role.CHAIR_OF_GOVERNORS,
    Role.ADMINISTRATOR,
  );
}

// Who answers for it: approves a version, records a review.
export function answersForPolicy(session: Session | undefined): boolean {
  return holdsAny(session, Role.HEADTEACHER, Role.CHAIR_OF_GOVERNORS);
}

export function issuesReminders(session: Session | undefined): boolean {
  return holdsAny(session, Role.HEADTEACHER, Role.SENIOR_LEADERSHIP, Role.SAFEGUARDING_LEAD);
}

// The offices in which somebody signs.
export function officesOf(session: Session | undefined): PolicyOffice[] {
  const offices: PolicyOffice[] = [];
  if (holdsAny(session, Role.HEADTEACHER)) offices.push(PolicyOffice.HEADTEACHER);
  if (holdsAny(session, Role.CHAIR_OF_GOVERNORS)) offices.push(PolicyOffice.CHAIR_OF_GOVERNORS);
  return offices;
}

export const OFFICE_WORDS: Record<PolicyOffice, string> = {
  [PolicyOffice.UNSPECIFIED]: "",
  [PolicyOffice.HEADTEACHER]: "Headteacher",
  [PolicyOffice.CHAIR_OF_GOVERNORS]: "Chair of Governors",
};
