// P20-P23: what follows on a breach.

#include "tests/e2e/clauses/clause_row.h"

namespace wardbook::e2e {
namespace {

constexpr ClauseRow kRows[] = {
    {"P20", "the Headteacher hears of a breach and says so", BreachReported, &School::head,
     "IncidentService.AcknowledgeReceipt",
     R"(case_ref: "$case" message_to_reporter: "Thank you. It will be looked into.")", kAccepted},
    {"P20", "the person a case is about handles it", HeadReportsOwnAct, &School::head,
     "IncidentService.AcknowledgeReceipt",
     R"(case_ref: "$case" message_to_reporter: "I have seen it.")", Refused("R-SUBJECT")},
    {"P20", "a breach is investigated", BreachReported, &School::head,
     "InvestigationService.StartInvestigation", R"(case_ref: "$case" scope: "who wrote it")",
     kAccepted},
    {"P20", "a step of the investigation is recorded", InvestigationStarted, &School::head,
     "InvestigationService.RecordInvestigationStep",
     R"(case_ref: "$case" kind: INVESTIGATION_STEP_KIND_INTERVIEW what: "they said so"
        done_at { date: "2025-03-15" })",
     kAccepted},
    {"P20", "the finding is recorded", InvestigationStarted, &School::head,
     "InvestigationService.RecordFinding",
     R"(case_ref: "$case" finding: FINDING_NO_BREACH reasons: "it was their own child"
        wishes_treatment: WISHES_TREATMENT_FOLLOWED)",
     kAccepted},
    {"P20", "the school is told not to investigate, and closes the case", InvestigationBarred,
     &School::head, "CaseService.CloseCase",
     R"(case_ref: "$case" conclusion: "with the police" wishes_followed: true)", kAccepted},
    {"P20", "a breach is closed without a finding", InvestigationStarted, &School::head,
     "CaseService.CloseCase", R"(case_ref: "$case" conclusion: "settled" wishes_followed: true)",
     Refused("R-FINDING")},
    {"P20", "something is found that nobody investigated", BreachReported, &School::head,
     "InvestigationService.RecordFinding",
     R"(case_ref: "$case" finding: FINDING_BREACH reasons: "it is plain"
        wishes_treatment: WISHES_TREATMENT_FOLLOWED)",
     Refused("R-INVESTIGATION-NOT-STARTED")},
    {"P20", "the subject is made the investigator", BreachReported, &School::head,
     "InvestigationService.StartInvestigation",
     R"(case_ref: "$case" scope: "who wrote it" investigator_id: "$colleague")",
     Refused("R-INVOLVED")},
    {"P20", "a witness decides what was found", BreachWitnessed, &School::deputy,
     "InvestigationService.RecordFinding",
     R"(case_ref: "$case" finding: FINDING_BREACH reasons: "I saw it"
        wishes_treatment: WISHES_TREATMENT_FOLLOWED)",
     Refused("R-INVOLVED")},
    {"P20", "the Headteacher investigates what somebody told them", BreachTakenDown, &School::head,
     "InvestigationService.StartInvestigation", R"(case_ref: "$case" scope: "who wrote it")",
     kAccepted},
    {"P20", "an investigation that is under way is started once more", InvestigationStarted,
     &School::head, "InvestigationService.StartInvestigation",
     R"(case_ref: "$case" scope: "who else wrote")", Refused("R-INVESTIGATION-STARTED")},
    {"P20", "the investigation goes on though the police forbid it", InvestigationBarred,
     &School::head, "InvestigationService.RecordInvestigationStep",
     R"(case_ref: "$case" kind: INVESTIGATION_STEP_KIND_INTERVIEW what: "they said so"
        done_at { date: "2025-03-15" })",
     Refused("R-BARRED")},
    {"P21", "a breach that was found goes to the disciplinary procedure", BreachFound,
     &School::head, "InvestigationService.RecordDisciplinaryDecision",
     R"(case_ref: "$case" decision: DISCIPLINARY_DECISION_REFER reasons: "it is serious"
        wishes_treatment: WISHES_TREATMENT_FOLLOWED)",
     kAccepted},
    {"P21", "a breach that was decided about is closed", DisciplineDecided, &School::head,
     "CaseService.CloseCase",
     R"(case_ref: "$case" conclusion: "handed to the employer" wishes_followed: true)", kAccepted},
    {"P21", "where the procedure stands is recorded", DisciplineDecided, &School::head,
     "InvestigationService.RecordDisciplinaryReference",
     R"(case_ref: "$case" procedure: "Disciplinary Procedure" stage: "Hearing" reference: "HR-4")",
     kAccepted},
    {"P21", "a breach that was found is closed with no decision", BreachFound, &School::head,
     "CaseService.CloseCase", R"(case_ref: "$case" conclusion: "settled" wishes_followed: true)",
     Refused("R-DISCIPLINE")},
    {"P21", "discipline is decided on where no breach was found", InvestigationStarted,
     &School::head, "InvestigationService.RecordDisciplinaryDecision",
     R"(case_ref: "$case" decision: DISCIPLINARY_DECISION_REFER reasons: "it is serious"
        wishes_treatment: WISHES_TREATMENT_FOLLOWED)",
     Refused("R-NO-BREACH-FOUND")},
    {"P21", "what was said at a hearing is recorded", DisciplineDecided, &School::head,
     "InvestigationService.RecordDisciplinaryReference",
     R"(case_ref: "$case" procedure: "Disciplinary Procedure" reference: "HR-4"
        stage: "At the hearing they said that they had not known that it was a pupil who asked, "
        "and that they would have told somebody if they had.")",
     Refused("R-REFERENCE-ONLY")},
    {"P22", "the Governing Body is told the minimum", BreachReported, &School::head,
     "InvestigationService.InformGoverningBody",
     R"(case_ref: "$case" summary: "A breach of the policy is being dealt with.")", kAccepted},
    {"P22", "what the governors did is recorded", GoverningBodyInformed, &School::head,
     "InvestigationService.RecordGoverningBodyAction",
     R"(case_ref: "$case" minute_reference: "3 June, item 14")", kAccepted},
    {"P22", "an action of governors is recorded who were told nothing", BreachReported,
     &School::head, "InvestigationService.RecordGoverningBodyAction",
     R"(case_ref: "$case" minute_reference: "3 June, item 14")",
     Refused("R-GOVERNORS-NOT-INFORMED")},
    {"P22", "somebody else of the leadership tells the Governing Body", BreachReported,
     &School::lead, "InvestigationService.InformGoverningBody",
     R"(case_ref: "$case" summary: "A breach of the policy is being dealt with.")",
     Refused("R-GOVERNORS-INFORMED-BY")},
    {"P22", "the Governing Body is told a name", NamedBreachReported, &School::head,
     "InvestigationService.InformGoverningBody",
     R"(case_ref: "$case" summary: "It is about Mr Larkspur.")", Refused("R-GOVERNORS-NAMES")},
    {"P22", "the Governing Body is told the case at length", BreachReported, &School::head,
     "InvestigationService.InformGoverningBody",
     R"(case_ref: "$case" summary: "First they were friends online and then there were messages, "
        "of which some were sent in the evening and some at night, and which went on through the "
        "whole of the spring term, until a parent found one of them and asked.")",
     Refused("R-GOVERNORS-MINIMUM")},
    {"P23", "that suitability is in question is recorded", BreachReported, &School::head,
     "InvestigationService.RaiseSuitabilityQuestion",
     R"(case_ref: "$case" reasons: "it is the third time")", kAccepted},
    {"P23", "that suitability is in question is referred", BreachReported, &School::head,
     "ReferralService.ReferCase",
     R"(case_ref: "$case" reasons: "Their suitability is in question.")", kAccepted},
    {"P23", "a breach is closed with no decision about the harm threshold", BreachReported,
     &School::head, "CaseService.CloseCase",
     R"(case_ref: "$case" conclusion: "settled" wishes_followed: true)", Refused("R-THRESHOLD")},
    {"P23", "the harm threshold is met by none of its limbs", BreachReported, &School::head,
     "InvestigationService.DecideHarmThreshold",
     R"(case_ref: "$case" threshold: HARM_THRESHOLD_MET reasons: "messages"
        wishes_treatment: WISHES_TREATMENT_FOLLOWED)",
     Refused("R-HARM-LIMB")},
    {"P23", "what meets the harm threshold is closed without a referral", ThresholdMet,
     &School::head, "CaseService.CloseCase",
     R"(case_ref: "$case" conclusion: "settled" wishes_followed: true)", Refused("R-REFER-FIRST")},
};

static_assert(IsComplete(kBreachProcedureSpan, kRows, {}));

}  // namespace

ClauseSection BreachProcedure() { return {"breach-procedure", kRows, {}}; }

}  // namespace wardbook::e2e
