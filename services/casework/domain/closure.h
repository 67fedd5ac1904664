// What stands between a case and its closing.

#ifndef SERVICES_CASEWORK_DOMAIN_CLOSURE_H_
#define SERVICES_CASEWORK_DOMAIN_CLOSURE_H_

#include <vector>

#include "services/casework/domain/case_state.h"
#include "services/kernel/reason.h"

namespace wardbook::casework {

// What the policy asks for before this case can be closed, what comes first
// first; none for a closed case. To close the case is refused with the first.
std::vector<kernel::Reason> RemainingSteps(const CaseState& state);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_CLOSURE_H_
