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
    {"P21", "a breach is dealt with and the case is closed", BreachReported, &School::head,
     "CaseService.CloseCase",
     R"(case_ref: "$case" conclusion: "handed to the employer" wishes_followed: true)", kAccepted},
    {"P22", "what the governors did is noted", BreachReported, &School::head, "CaseService.AddNote",
     R"(case_ref: "$case" text: "The Governing Body was told; minute 14.")", kAccepted},
    {"P23", "that suitability is in question is referred", BreachReported, &School::head,
     "ReferralService.ReferCase",
     R"(case_ref: "$case" reasons: "Their suitability is in question.")", kAccepted},
};

constexpr UnrefusedClause kUnrefused[] = {
    {"P21", "no decision about discipline is recorded here yet"},
    {"P22", "the Governing Body is told nothing by the service"},
    {"P23", "nothing refuses a referral"},
};

static_assert(IsComplete(kBreachProcedureSpan, kRows, kUnrefused));

}  // namespace

ClauseSection BreachProcedure() { return {"breach-procedure", kRows, kUnrefused}; }

}  // namespace wardbook::e2e
