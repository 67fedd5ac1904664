// The one person who received a report of unsuitable material (P39) and seeks the
// advice of Lancashire Safeguarding (P40).

#ifndef SERVICES_CASEWORK_DOMAIN_RECIPIENT_H_
#define SERVICES_CASEWORK_DOMAIN_RECIPIENT_H_

#include "services/casework/domain/case_state.h"
#include "services/casework/domain/fields.h"
#include "services/kernel/actor.h"

namespace wardbook::casework {

// Refuses all but the recipient, in a case that has one. kRecipientSeeksAdvice.
Refusal RefuseUnlessRecipient(const CaseState& state, const kernel::Actor& actor);

// Refuses those of the leadership who did not receive the report, in a case that
// one of them or the Headteacher received. The Headteacher may see to it at any
// time. kHeadteacherReceives.
Refusal RefuseUnlessReceiver(const CaseState& state, const kernel::Actor& actor);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_RECIPIENT_H_
