// What the policy makes a case wait for.

#ifndef SERVICES_CASEWORK_DOMAIN_GATES_H_
#define SERVICES_CASEWORK_DOMAIN_GATES_H_

#include "services/casework/domain/case_state.h"
#include "services/casework/domain/fields.h"

namespace wardbook::casework {

// P37: where an indecent image is suspected, the police are informed before
// anything else. kPolicePending.
Refusal RefuseBeforePolice(const CaseState& state);

// What investigates, evaluates or concludes waits for the police's release where
// an indecent image is suspected (P38, kNoInvestigation), and for advice that
// lets the school proceed where other unsuitable material is (P41,
// kAdviceFirst).
Refusal RefuseInvestigation(const CaseState& state);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_GATES_H_
