import { Decider } from "@api/events/v1/register_values_pb.js";
import { Role } from "@api/events/v1/values_pb.js";
import type { Session } from "@api/v1/access_service_pb.js";
import type { RegisterEntry } from "@api/v1/register_pb.js";
import { holdsAny } from "../session/session.js";
import { isLeadership, isOpener } from "./register_form.js";

// Who decides about an entry, as the server wrote it into the request.
export function deciderOf(entry: RegisterEntry): Decider {
  const body = entry.steps[0]?.event?.body;
  switch (body?.case) {
    case "permissionRequested":
    case "justificationSubmitted":
    case "socialContactDeclared":
      return body.value.decider;
    default:
      return Decider.UNSPECIFIED;
  }
}

export const DECIDER_WORDS: Record<Decider, string> = {
  [Decider.UNSPECIFIED]: "",
  [Decider.HEADTEACHER]: "The Headteacher",
  [Decider.LEADERSHIP_TEAM]: "A member of the leadership team",
  [Decider.CHAIR_OF_GOVERNORS]: "The Chair of Governors",
};

// Nobody decides about their own.
export function decides(entry: RegisterEntry, session: Session): boolean {
  if (isOpener(entry, session)) return false;
  switch (deciderOf(entry)) {
    case Decider.HEADTEACHER:
      return holdsAny(session, Role.HEADTEACHER);
    case Decider.LEADERSHIP_TEAM:
      return isLeadership(session);
    case Decider.CHAIR_OF_GOVERNORS:
      return holdsAny(session, Role.CHAIR_OF_GOVERNORS);
    default:
      return false;
  }
}
