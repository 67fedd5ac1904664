// Those who are bullied, each of whom decides for themselves about the police (P47).

#ifndef SERVICES_CASEWORK_DOMAIN_BULLIED_H_
#define SERVICES_CASEWORK_DOMAIN_BULLIED_H_

#include "absl/strings/string_view.h"
#include "services/casework/domain/case_state.h"

namespace wardbook::casework {

// The one whom `given`, an id in hexadecimal digits or a name, means; null where it
// is nobody of the case.
const Target* FindTarget(const CaseState& state, absl::string_view given);

// Whether everybody who is bullied has decided to tell the police, and there is
// somebody.
bool AllDecidedToReport(const CaseState& state);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_BULLIED_H_
