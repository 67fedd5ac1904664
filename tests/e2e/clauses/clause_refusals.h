// What each clause of the policy refuses: the list that the rows are held to. It is
// read off the policy and not off the rows, so that a refusal that nobody tries does
// not compile.

#ifndef TESTS_E2E_CLAUSES_CLAUSE_REFUSALS_H_
#define TESTS_E2E_CLAUSES_CLAUSE_REFUSALS_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tests/e2e/clauses/clause_row.h"

namespace wardbook::e2e {

struct ClauseRefusal {
  absl::string_view clause;
  // What the policy refuses, in its own words.
  absl::string_view refused;
  // By which it would be done.
  absl::string_view method;
  Expected expected;
  // In so many different ways, each of which has a row.
  int ways = 1;
};

inline constexpr ClauseRefusal kClauseRefusals[] = {
    {"P01", "a version in force with one signature", "PolicyService.ApprovePolicyVersion",
     Refused("R-POLICY-SIGNATURE")},
    {"P01", "the same person signing in both offices", "PolicyService.SignPolicyVersion",
     Refused("R-POLICY-SAME-SIGNATORY")},
    {"P01", "editing an approved version", "PolicyService.RevisePolicyDraft",
     Refused("R-POLICY-APPROVED")},
    {"P01", "no review date", "PolicyService.ApprovePolicyVersion", Refused("R-REVIEW-DATE")},
    {"P02", "a review more than a year away", "PolicyService.ApprovePolicyVersion",
     Refused("R-REVIEW-TOO-LATE")},
    {"P02", "a review more than a year away", "PolicyService.RecordPolicyReview",
     Refused("R-REVIEW-TOO-LATE")},
    {"P03", "acknowledging for somebody else", "PolicyService.AcknowledgePolicy",
     Refused("R-ACKNOWLEDGE-OWN")},
    {"P06", "investigating before the harm threshold is decided on",
     "InvestigationService.StartInvestigation", Refused("R-THRESHOLD-FIRST")},
    {"P09", "closing a disclosure that nobody assessed", "CaseService.CloseCase",
     Refused("R-DATA-BREACH")},
    {"P15", "accounts that are shared", "PeopleService.RegisterPerson",
     Refused("R-SHARED-ACCOUNT")},
    {"P15", "accounts that are shared", "PeopleService.IssueAccount", Refused("R-SHARED-ACCOUNT")},
    {"P15", "a password set by somebody else", "AccessService.ActivateAccount",
     Refused("R-PASSWORD-BY-PROXY")},
    {"P19", "a personal telephone or e-mail", "ResponseService.LogContact",
     Refused("R-PERSONAL-CHANNEL"), 3},
    {"P20", "closing without a finding", "CaseService.CloseCase", Refused("R-FINDING")},
    {"P20", "a finding by the subject", "InvestigationService.RecordFinding", Refused("R-SUBJECT")},
    {"P20", "a finding by a witness", "InvestigationService.RecordFinding", Refused("R-INVOLVED")},
    {"P20", "the subject investigating", "InvestigationService.StartInvestigation",
     Refused("R-INVOLVED")},
    {"P20", "the subject handling the case", "IncidentService.AcknowledgeReceipt",
     Refused("R-SUBJECT")},
    {"P21", "closing with no decision about a breach that was found", "CaseService.CloseCase",
     Refused("R-DISCIPLINE")},
    {"P21", "keeping what was said at a hearing",
     "InvestigationService.RecordDisciplinaryReference", Refused("R-REFERENCE-ONLY")},
    {"P22", "telling the Governing Body the case", "InvestigationService.InformGoverningBody",
     Refused("R-GOVERNORS-MINIMUM")},
    {"P22", "telling the Governing Body a name", "InvestigationService.InformGoverningBody",
     Refused("R-GOVERNORS-NAMES"), 3},
    {"P23", "closing without a decision about the harm threshold", "CaseService.CloseCase",
     Refused("R-THRESHOLD")},
    {"P24", "no reasons", "RegisterService.SubmitJustification", Missing("reasons")},
    {"P24", "neither taken nor proposed", "RegisterService.SubmitJustification", Missing("timing")},
    {"P24", "the Headteacher reviewing their own", "RegisterService.ReviewJustification",
     Refused("R-OWN-DECISION-HEAD")},
    {"P25", "closing with no decision about advice", "RegisterService.CloseJustification",
     Refused("R-ADVICE-DECISION"), 2},
    {"P26", "a purpose that is not professional", "RegisterService.RequestPermission",
     Refused("R-PERMISSION-PURPOSE")},
    {"P26", "another approver", "RegisterService.GrantPermission", Refused("R-HEAD-DECIDES")},
    {"P26", "granting one's own", "RegisterService.GrantPermission", Refused("R-OWN-DECISION")},
    {"P26", "granting one's own", "RegisterService.GrantPermission",
     Refused("R-OWN-DECISION-HEAD")},
    {"P26", "dating it back", "RegisterService.RequestPermission", Refused("R-PERMISSION-LATE")},
    {"P26", "dating it back", "RegisterService.GrantPermission", Refused("R-PERMISSION-LATE")},
    {"P27", "a grant after the first use", "RegisterService.GrantPermission",
     Refused("R-PERMISSION-LATE")},
    {"P27", "a grant by word of mouth", "RegisterService.GrantPermission",
     Refused("R-PERMISSION-WRITTEN")},
    {"P28", "no end", "RegisterService.RequestPermission", Refused("R-PERMISSION-END")},
    {"P28", "a room where children are", "RegisterService.RequestPermission",
     Refused("R-PERMISSION-ROOM")},
    {"P28", "agreeing to one's own", "RegisterService.GrantPermission",
     Refused("R-OWN-DECISION-LEADERSHIP")},
    {"P28", "agreeing afterwards", "RegisterService.RequestPermission",
     Refused("R-PERMISSION-LATE")},
    {"P28", "agreeing without discussing it", "RegisterService.GrantPermission",
     Refused("R-PERMISSION-DISCUSSED")},
    {"P29", "custody with no prior consent", "RegisterService.TakeInPhone",
     Refused("R-CUSTODY-CONSENT"), 2},
    {"P30", "a use that is no emergency", "RegisterService.LogVisitPhoneUse",
     Refused("R-VISIT-EMERGENCY")},
    {"P30", "no reason", "RegisterService.LogVisitPhoneUse", Missing("emergency")},
    {"P31", "a picture without consent for every child shown", "RegisterService.RecordCapture",
     Refused("R-PHOTO-CONSENT"), 4},
    {"P32", "a device that is not in the register, or retired", "RegisterService.RecordCapture",
     Refused("R-DEVICE"), 2},
    {"P33", "any other recipient", "RegisterService.ShareCapture", Refused("R-IMAGE-RECIPIENT")},
    {"P33", "a group of which one may not be shown", "RegisterService.ShareCapture",
     Refused("R-SHARING-CONSENT"), 2},
    {"P33", "other storage", "RegisterService.StoreCapture", Refused("R-IMAGE-STORAGE")},
    {"P34", "acknowledging one's own", "RegisterService.AcknowledgeSocialContact",
     Refused("R-OWN-DECISION-LEADERSHIP")},
    {"P34", "acknowledging one's own", "RegisterService.AcknowledgeSocialContact",
     Refused("R-OWN-DECISION-HEAD")},
    {"P35", "giving a phone back before home-time without a reason", "RegisterService.ReturnPhone",
     Refused("R-HOME-TIME")},
    {"P35", "giving a phone back with the parents not aware", "RegisterService.ReturnPhone",
     Refused("R-PARENTS-AWARE")},
    {"P35", "the office examining a phone", "RegisterService.RecordPhoneExamined",
     Refused("R-PHONE-EXAMINED")},
    {"P36", "taking an image", "EvidenceService.OpenUpload", Refused("R-IIOC-NOSTORE"), 2},
    {"P36", "not answering whether it is one", "EvidenceService.OpenUpload", Refused("R-IIOC-ASK")},
    {"P37", "acknowledging before the police are informed", "IncidentService.AcknowledgeReceipt",
     Refused("R-IIOC-POLICE-FIRST")},
    {"P37", "seeking advice before the police are informed", "EscalationService.SeekAdvice",
     Refused("R-IIOC-POLICE-FIRST")},
    {"P37", "closing before the police are informed", "CaseService.CloseCase",
     Refused("R-IIOC-POLICE-FIRST")},
    {"P38", "attachments of any type", "EvidenceService.OpenUpload", Refused("R-IIOC-NOSTORE")},
    {"P38", "attachments of any type", "EvidenceService.PutChunk", Refused("R-IIOC-NOSTORE")},
    {"P38", "attachments of any type", "EvidenceService.FileEvidence", Refused("R-IIOC-NOSTORE")},
    {"P38", "looking at the material", "EvidenceService.DownloadEvidence",
     Refused("R-IIOC-NOSTORE"), 2},
    {"P38", "describing the material", "EvidenceService.AnnotateEvidence",
     Refused("R-IIOC-NOSTORE")},
    {"P38", "investigating before the police release it", "InvestigationService.StartInvestigation",
     Refused("R-IIOC-NO-INVESTIGATION")},
    {"P38", "interviews and statements before the police release it",
     "InvestigationService.RecordInvestigationStep", Refused("R-IIOC-NO-INVESTIGATION"), 2},
    {"P38", "a finding before the police release it", "InvestigationService.RecordFinding",
     Refused("R-IIOC-NO-INVESTIGATION")},
    {"P39", "a recipient who is the subject", "EscalationService.HandOverRecipient",
     Refused("R-NOT-A-HANDLER")},
    {"P39", "the leadership team receiving it while the Headteacher is present",
     "IncidentService.ReportIncident", Refused("R-HEAD-RECEIVES")},
    {"P40", "somebody else seeking the advice", "EscalationService.SeekAdvice",
     Refused("R-RECIPIENT-SEEKS")},
    {"P41", "investigating before advice is received", "InvestigationService.StartInvestigation",
     Refused("R-ADVICE-FIRST")},
    {"P41", "interviews before advice is received", "InvestigationService.RecordInvestigationStep",
     Refused("R-ADVICE-FIRST")},
    {"P41", "a finding before advice is received", "InvestigationService.RecordFinding",
     Refused("R-ADVICE-FIRST")},
    {"P41", "looking at the material before advice is received", "EvidenceService.DownloadEvidence",
     Refused("R-ADVICE-FIRST")},
    {"P41", "closing before advice is received", "CaseService.CloseCase", Refused("R-ADVICE-FIRST"),
     3},
    {"P43", "describing a file anew", "EvidenceService.FileEvidence", Refused("R-EVIDENCE-FILED")},
    {"P44", "a screen print with no date, time or place", "EvidenceService.FileEvidence",
     Refused("R-SIGHTING"), 3},
    {"P44", "a time that lies ahead", "EvidenceService.FileEvidence",
     RefusedAtField("R-FUTURE-TIME", "sighting.date")},
    {"P45", "routing to somebody with a conflict", "EscalationService.HandOverRecipient",
     Refused("R-NOT-A-HANDLER")},
    {"P46", "closing against the wishes without reasons", "CaseService.CloseCase",
     Refused("R-WISHES")},
    {"P46", "deciding against the wishes without reasons",
     "InvestigationService.DecideHarmThreshold", Refused("R-WISHES")},
    {"P46", "never asking for the wishes", "IncidentService.ReportIncident", Missing("wishes")},
    {"P47", "telling the police of cyber-bullying against the target's decision",
     "ResponseService.RecordPoliceReport", Refused("R-TARGET-DECIDES"), 4},
    {"P47", "another ground without reasons", "ResponseService.RecordPoliceReport",
     Missing("reasons")},
    {"P47", "a decision without how it was made known", "CaseService.RecordPoliceDecision",
     Missing("conveyed_how")},
    {"P47", "a child's decision without the parents", "CaseService.RecordPoliceDecision",
     Refused("R-CHILD-VIEWS")},
    {"P48", "closing with no decision about a breach that was found", "CaseService.CloseCase",
     Refused("R-DISCIPLINE")},
};

// What no method does at all, by how the name of one that did would begin.
struct ForbiddenVerb {
  absl::string_view clause;
  absl::string_view refused;
  absl::string_view verb;
};

inline constexpr ForbiddenVerb kForbiddenVerbs[] = {
    {"P14", "deleting a report", "Delete"},
    {"P14", "withdrawing a report", "WithdrawReport"},
    {"P14", "withdrawing a report", "WithdrawIncident"},
    {"P15", "setting somebody's password", "SetPassword"},
    {"P15", "setting somebody's password", "ResetPassword"},
    {"P24", "editing what was submitted", "UpdateJustification"},
    {"P34", "deleting a declaration", "Delete"},
    {"P43", "deleting", "Delete"},
    {"P43", "deleting", "Remove"},
    {"P43", "deleting", "Purge"},
    {"P43", "editing", "Edit"},
    {"P43", "overwriting", "Overwrite"},
    {"P43", "replacing", "Replace"},
};

constexpr bool IsTried(const ClauseRefusal& refusal, absl::Span<const ClauseRow> rows) {
  int ways = 0;
  for (const ClauseRow& row : rows) {
    if (row.clause == refusal.clause && row.method == refusal.method &&
        row.expected.kind == refusal.expected.kind && row.expected.code == refusal.expected.code &&
        row.expected.detail == refusal.expected.detail) {
      ++ways;
    }
  }
  return ways >= refusal.ways;
}

// Whether every clause of the span has an accepted row, and for each of its
// refusals a row, or a reason why it refuses nothing. Rows of other clauses may
// stand here too.
constexpr bool IsComplete(ClauseSpan span, absl::Span<const ClauseRow> rows,
                          absl::Span<const UnrefusedClause> unrefused) {
  for (int number = span.first; number <= span.last; ++number) {
    bool accepted = false;
    bool refuses = false;
    bool explained = false;
    for (const ClauseRow& row : rows) {
      if (ClauseNumber(row.clause) != number) continue;
      (IsAcceptance(row.expected) ? accepted : refuses) = true;
    }
    for (const ClauseRefusal& refusal : kClauseRefusals) {
      if (ClauseNumber(refusal.clause) != number) continue;
      if (!IsTried(refusal, rows)) return false;
    }
    for (const ForbiddenVerb& forbidden : kForbiddenVerbs) {
      if (ClauseNumber(forbidden.clause) == number) refuses = true;
    }
    for (const UnrefusedClause& clause : unrefused) {
      if (ClauseNumber(clause.clause) == number) explained = !clause.why.empty();
    }
    // An explanation that a row contradicts is out of date.
    if (!accepted || refuses == explained) return false;
  }
  return true;
}

}  // namespace wardbook::e2e

#endif  // TESTS_E2E_CLAUSES_CLAUSE_REFUSALS_H_
