// What the reporter wishes, and how decisions consider it (P46).

#ifndef SERVICES_CASEWORK_DOMAIN_WISHES_H_
#define SERVICES_CASEWORK_DOMAIN_WISHES_H_

#include <string>

#include "services/casework/domain/case_state.h"
#include "services/casework/domain/commands.h"
#include "services/casework/domain/fields.h"
#include "wardbook/events/v1/investigation_event.pb.h"

namespace wardbook::casework {

// Refuses what neither says what is wished nor that the reporter does not want
// to say.
Refusal CheckWishes(const ReportIncident& command);
Refusal CheckWishes(const UpdateWishes& command);

// Refuses a decision that does not say whether the wishes are followed, or why
// not.
Refusal CheckConsidered(const Considered& considered);

// Refuses whatever concludes something while the reporter was never asked.
// kWishesNotAsked.
Refusal RefuseUnlessWishesAsked(const CaseState& state);

// The consideration as an event has it, of the wishes as they are now.
wardbook::events::v1::WishesConsidered ConsideredNow(const CaseState& state,
                                                     const Considered& considered);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_WISHES_H_
