import type { CaseEvent } from "@api/events/v1/case_event_pb.js";
import type { LocalDateTime } from "@api/events/v1/values_pb.js";

// When something happened, where the event says so apart from when it was recorded.
export function happenedAt(event: CaseEvent): LocalDateTime | undefined {
  const { body } = event;
  switch (body.case) {
    case "incidentReported":
      return body.value.happenedAt;
    case "adviceSought":
      return body.value.soughtAt;
    case "adviceReceived":
      return body.value.receivedAt;
    case "policeDecisionRecorded":
      return body.value.decidedAt;
    case "policeInformed":
      return body.value.informedAt;
    case "preservationStepRecorded":
      return body.value.doneAt;
    case "policeReleaseRecorded":
      return body.value.releasedAt;
    case "investigationStepRecorded":
      return body.value.doneAt;
    case "policeReported":
    case "providerReported":
      return body.value.reportedAt;
    case "dutyToReportNotified":
      return body.value.notifiedAt;
    case "providerOutcomeRecorded":
      return body.value.knownAt;
    case "contentRemoved":
      return body.value.removedAt;
    case "externalBodyInformed":
      return body.value.informedAt;
    case "contactLogged":
      return body.value.contactedAt;
    case "referralSubmitted":
      return body.value.submittedAt;
    case "referralMeetingRecorded":
      return body.value.heldAt;
    default:
      return undefined;
  }
}
