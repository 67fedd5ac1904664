// P24 and P25: departing from the policy, and advice on it.

#include "tests/e2e/clauses/clause_refusals.h"
#include "tests/e2e/clauses/clause_row.h"

namespace wardbook::e2e {
namespace {

constexpr ClauseRow kRows[] = {
    {"P24", "a teacher justifies to the Headteacher what they did", nullptr, &School::teacher,
     "RegisterService.SubmitJustification",
     R"(justification { action: "my phone stayed on" timing: ACTION_TIMING_TAKEN
          action_time { $an_hour_ago } clause: "P28" reasons: "a relative is ill" })",
     kAccepted},
    {"P24", "a teacher justifies what they propose", nullptr, &School::teacher,
     "RegisterService.SubmitJustification",
     R"(justification { action: "my phone will stay on" timing: ACTION_TIMING_PROPOSED
          clause: "P28" reasons: "a relative is ill" })",
     kAccepted},
    {"P24", "a justification without reasons", nullptr, &School::teacher,
     "RegisterService.SubmitJustification",
     R"(justification { action: "my phone stayed on" timing: ACTION_TIMING_TAKEN
          action_time { $an_hour_ago } clause: "P28" })",
     Missing("reasons")},
    {"P24", "a justification that does not say whether it was done already", nullptr,
     &School::teacher, "RegisterService.SubmitJustification",
     R"(justification { action: "my phone stayed on" clause: "P28" reasons: "a relative is ill" })",
     Missing("timing")},
    {"P24", "what was done lies in the future", nullptr, &School::teacher,
     "RegisterService.SubmitJustification",
     R"(justification { action: "my phone stayed on" timing: ACTION_TIMING_TAKEN
          action_time { $in_an_hour } clause: "P28" reasons: "a relative is ill" })",
     Refused("R-JUSTIFICATION-TIME")},
    {"P24", "what is proposed lies in the past", nullptr, &School::teacher,
     "RegisterService.SubmitJustification",
     R"(justification { action: "my phone will stay on" timing: ACTION_TIMING_PROPOSED
          action_time { $an_hour_ago } clause: "P28" reasons: "a relative is ill" })",
     Refused("R-JUSTIFICATION-TIME")},
    {"P24", "the Headteacher accepts a justification", JustificationSubmitted, &School::head,
     "RegisterService.ReviewJustification",
     R"(entry_id: "$entry"
        review { finding: JUSTIFICATION_FINDING_ACCEPTED reasons: "there was no other way" })",
     kAccepted},
    {"P24", "the Headteacher reviews their own", HeadsJustificationSubmitted, &School::head,
     "RegisterService.ReviewJustification",
     R"(entry_id: "$entry"
        review { finding: JUSTIFICATION_FINDING_ACCEPTED reasons: "there was no other way" })",
     Refused("R-OWN-DECISION-HEAD")},
    {"P24", "a teacher reviews their own", JustificationSubmitted, &School::teacher,
     "RegisterService.ReviewJustification",
     R"(entry_id: "$entry"
        review { finding: JUSTIFICATION_FINDING_ACCEPTED reasons: "there was no other way" })",
     Refused("R-OWN-DECISION")},
    {"P24", "what needed advice is reviewed when the advice came", JustificationAdviceDecided,
     &School::head, "RegisterService.ReviewJustification",
     R"(entry_id: "$entry"
        review { finding: JUSTIFICATION_FINDING_ACCEPTED reasons: "as they advised" })",
     kAccepted},
    {"P24", "what was accepted is reviewed again", JustificationAccepted, &School::head,
     "RegisterService.ReviewJustification",
     R"(entry_id: "$entry"
        review { finding: JUSTIFICATION_FINDING_NOT_ACCEPTED reasons: "on second thoughts" })",
     Refused("R-REVIEWED")},
    {"P24", "what nobody reviewed is closed", AdviceNotAppropriate, &School::head,
     "RegisterService.CloseJustification",
     R"(entry_id: "$entry" closing { conclusion: "settled" })", Refused("R-NOT-REVIEWED")},
    {"P24", "the Chair reviews the Headteacher's", HeadsJustificationSubmitted, &School::chair,
     "RegisterService.ReviewJustification",
     R"(entry_id: "$entry"
        review { finding: JUSTIFICATION_FINDING_ACCEPTED reasons: "there was no other way" })",
     kAccepted},
    {"P24", "a deputy reviews a teacher's in place of the Headteacher", JustificationSubmitted,
     &School::deputy, "RegisterService.ReviewJustification",
     R"(entry_id: "$entry"
        review { finding: JUSTIFICATION_FINDING_ACCEPTED reasons: "there was no other way" })",
     Refused("R-HEAD-DECIDES")},
    {"P25", "a justification is closed with a decision about advice", JustificationAdviceDecided,
     &School::head, "RegisterService.CloseJustification",
     R"(entry_id: "$entry" closing { conclusion: "settled" })", kAccepted},
    {"P25", "a justification is closed without one", JustificationReviewed, &School::head,
     "RegisterService.CloseJustification",
     R"(entry_id: "$entry" closing { conclusion: "settled" })", Refused("R-ADVICE-DECISION")},
    {"P25", "it is closed before anything was decided about it", JustificationSubmitted,
     &School::head, "RegisterService.CloseJustification",
     R"(entry_id: "$entry" closing { conclusion: "settled" })", Refused("R-ADVICE-DECISION")},
    {"P25", "advice is recorded that nobody decided to ask for", JustificationReviewed,
     &School::head, "RegisterService.RecordJustificationAdvice",
     R"(entry_id: "$entry" advice { adviser_name: "the duty officer" adviser_role: "duty officer"
          advice: "it was right" })",
     Refused("R-ADVICE-DECISION")},
    {"P25", "a deputy decides about advice in place of the Headteacher", JustificationReviewed,
     &School::deputy, "RegisterService.DecideJustificationAdvice",
     R"(entry_id: "$entry"
        decision { choice: ADVICE_CHOICE_NOT_APPROPRIATE reasons: "a small matter" })",
     Refused("R-HEAD-DECIDES")},

    // The schools of the other sections have no version in force.
    {"P01", "a policy is reviewed that is not in force", nullptr, &School::head,
     "PolicyService.RecordPolicyReview",
     R"(outcome: POLICY_REVIEW_OUTCOME_NO_CHANGE reviewed_on: "$today"
        next_review_on: "$in_half_a_year")",
     Refused("R-NO-POLICY")},
};

static_assert(IsComplete(kDepartingSpan, kRows, {}));

}  // namespace

ClauseSection Departing() { return {"departing", kRows, {}}; }

}  // namespace wardbook::e2e
