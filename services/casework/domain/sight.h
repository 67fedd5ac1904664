// Who may act in a case, by what they may see of it.

#ifndef SERVICES_CASEWORK_DOMAIN_SIGHT_H_
#define SERVICES_CASEWORK_DOMAIN_SIGHT_H_

#include <initializer_list>

#include "services/casework/domain/case_state.h"
#include "services/casework/domain/fields.h"
#include "services/kernel/actor.h"

namespace wardbook::casework {

// Refuses everybody whose sight of the case is not among `allowed`. Where the
// case went to the safeguarding officers they count as its handlers.
Refusal RefuseUnless(const CaseState& state, const kernel::Actor& actor,
                     std::initializer_list<Sight> allowed);

// Refuses those for whom the case does not exist.
Refusal RefuseUnlessSeen(const CaseState& state, const kernel::Actor& actor);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_SIGHT_H_
