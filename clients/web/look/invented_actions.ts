import {
  type CaseAction,
  CaseActionSchema,
  type RemainingStep,
  RemainingStepSchema,
} from "@api/v1/case_pb.js";
import { create } from "@bufbuild/protobuf";

const ADVICE_FIRST = create(RemainingStepSchema, {
  code: "R-ADVICE-FIRST",
  clauses: ["P41"],
  message: "The policy says you must wait for advice from Lancashire Safeguarding.",
  nextStep:
    "Ask Lancashire Safeguarding for advice if that was not done, and record what they say. The " +
    "case goes on when they say that the school may proceed; a referral waits for nothing.",
});

const NOT_REFERRED = create(RemainingStepSchema, {
  code: "R-NOT-REFERRED",
  clauses: [],
  message: "The case was not referred.",
  nextStep: "Refer it first.",
});

const POLICE_FIRST = create(RemainingStepSchema, {
  code: "R-IIOC-POLICE-FIRST",
  clauses: ["P37"],
  message: "The police must be informed before anything else is done.",
  nextStep: "Call the police now: 999 in an emergency, else 101. Record that you did.",
});

const NO_FINDING = create(RemainingStepSchema, {
  code: "R-FINDING",
  clauses: ["P20"],
  message: "Nothing has been found yet.",
  nextStep: "Investigate, then record what was found.",
});

const offered = (names: string): CaseAction[] =>
  names.split(" ").map((name) => create(CaseActionSchema, { method: `wardbook.v1.${name}` }));

const notYet = (refused: RemainingStep, names: string): CaseAction[] =>
  offered(names).map((one) => ({ ...one, refused }));

// Of a case that is dealt with.
export const INVENTED_ACTIONS: CaseAction[] = [
  ...offered(
    "IncidentService/AcknowledgeReceipt CaseService/AddNote EvidenceService/FileEvidence " +
      "EvidenceService/AnnotateEvidence EvidenceService/SupersedeEvidence " +
      "EvidenceService/AttestOriginal IncidentService/UpdateWishes CaseService/CorrectEntry " +
      "EscalationService/EscalateCase EscalationService/DeclareConflict " +
      "EscalationService/SettleName CaseService/CheckRegisters CaseService/SuspectIndecentImage " +
      "EscalationService/SeekAdvice EscalationService/RecordAdvice ReferralService/ReferCase " +
      "ReferralService/PrepareReferralSection ReferralService/ShowReferralForm " +
      "ReferralService/RecordReferralSubmitted",
  ),
  ...notYet(
    NOT_REFERRED,
    "ReferralService/AcknowledgeReferral ReferralService/RecordReferralAdvice " +
      "ReferralService/RequestMoreInformation ReferralService/RecordThresholdMet " +
      "ReferralService/CloseReferral",
  ),
  ...offered(
    "CaseService/RecordPoliceDecision ResponseService/RecordDutyNotification " +
      "InvestigationService/ClassifyCase InvestigationService/DecideHarmThreshold " +
      "ResponseService/OfferSupport ResponseService/LogContact " +
      "DisagreementService/RaiseDisagreement AuditService/ExportBundle",
  ),
  ...notYet(
    ADVICE_FIRST,
    "InvestigationService/StartInvestigation InvestigationService/RecordFinding",
  ),
  ...notYet(NO_FINDING, "CaseService/CloseCase"),
];

// Of one in which an indecent image is suspected and nobody called the police yet.
export const ACTIONS_BEFORE_POLICE: CaseAction[] = [
  ...offered("CaseService/AddNote CaseService/RecordPoliceInformed ReferralService/ReferCase"),
  ...notYet(
    POLICE_FIRST,
    "CaseService/RecordPoliceRelease InvestigationService/StartInvestigation " +
      "InvestigationService/RecordFinding CaseService/CloseCase",
  ),
];
