// What the policy makes a case wait for.

#ifndef SERVICES_CASEWORK_DOMAIN_GATES_H_
#define SERVICES_CASEWORK_DOMAIN_GATES_H_

#include "services/casework/domain/case_state.h"
#include "services/casework/domain/fields.h"

namespace wardbook::casework {

// Whether the latest question was answered, and the answer lets the school go on,
// in full or within limits (P41).
bool LetsSchoolProceed(const CaseState& state);

// P37: where an indecent image is suspected, the police are informed before
// anything else. kPolicePending.
Refusal RefuseBeforePolice(const CaseState& state);

// The same for what the school does and the council's officers do too: they are not
// the school.
Refusal RefuseSchoolBeforePolice(const CaseState& state, const kernel::Actor& actor);

// What investigates, evaluates or concludes waits for the police's release where
// an indecent image is suspected (P38, kNoInvestigation), and for advice that
// lets the school proceed where other unsuitable material is (P41,
// kAdviceFirst).
Refusal RefuseInvestigation(const CaseState& state);

// That the harm threshold is not met is decided after any advice on unsuitable
// material (P41, kAdviceFirst), and after such advice or the police's release where
// an indecent image is suspected (P38, kNoInvestigation). That it is met waits for
// neither: it looks at no material and leads to the referral.
Refusal RefuseThresholdNotMet(const CaseState& state);

// P06: contact with children is measured against the harm threshold before anything
// else is done about it. kThresholdFirst.
Refusal RefuseBeforeThreshold(const CaseState& state);

// What is not done to a closed case. kCaseClosed.
Refusal RefuseClosed(const CaseState& state);

// What is said of a referral needs one. kNotReferred.
Refusal RefuseUnlessReferred(const CaseState& state);

// And one that has not ended, where it is said while the council deals with it.
// kNotReferred, kReferralEnded.
Refusal RefuseUnlessReferralOpen(const CaseState& state);

// P36 and P38: no file is taken where an indecent image is suspected, nor is more said
// of one (kIndecentImageNoStore). Stands before everything but access: on such a case
// no request about a file is so wrong that it gets another answer.
Refusal RefuseFiles(const CaseState& state, const kernel::Actor& actor);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_GATES_H_
