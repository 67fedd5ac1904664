// Who may investigate and say what was found, and when.

#ifndef SERVICES_CASEWORK_DOMAIN_INVESTIGATION_H_
#define SERVICES_CASEWORK_DOMAIN_INVESTIGATION_H_

#include "absl/strings/string_view.h"
#include "services/casework/domain/case_state.h"
#include "services/casework/domain/commands.h"
#include "services/casework/domain/fields.h"
#include "storage/base/ids.h"

namespace wardbook::casework {

// Nobody investigates what they are part of: a subject, a target, a witness, and
// whoever a target or witness of that name may be. Who took a report down for
// somebody else is not: a witness is named as one. kInvestigatorInvolved.
Refusal RefuseIfInvolved(const CaseState& state, const kernel::Actor& person,
                         absl::string_view registered_name);

// What stands before every finding of the school's, under whatever name it is
// recorded: who finds is not part of it, the gates of the policy, the harm threshold
// where contact with children was named, and no bar.
Refusal RefuseFinding(const CaseState& state, const By& by);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_INVESTIGATION_H_
