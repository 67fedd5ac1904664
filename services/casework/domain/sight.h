// Who may act in a case, by what they may see of it.

#ifndef SERVICES_CASEWORK_DOMAIN_SIGHT_H_
#define SERVICES_CASEWORK_DOMAIN_SIGHT_H_

#include <initializer_list>

#include "absl/strings/string_view.h"
#include "services/casework/domain/case_state.h"
#include "services/casework/domain/fields.h"
#include "services/kernel/actor.h"

namespace wardbook::casework {

// Refuses everybody whose sight of the case is not among `allowed`. Where the
// case went to the safeguarding officers they count as its handlers.
Refusal RefuseUnless(const CaseState& state, const kernel::Actor& actor,
                     std::initializer_list<Sight> allowed);

// For what the council says of a referral: its officers record it themselves,
// and a handler who is told.
Refusal RefuseUnlessCouncils(const CaseState& state, const kernel::Actor& actor);

// Of it, that a handler names in `conveyed_by` who told the school. kConveyedByMissing.
Refusal RequireConveyedBy(const CaseState& state, const kernel::Actor& actor,
                          absl::string_view conveyed_by);

// Refuses all but those who see the case whole, of the school or of the council.
Refusal RefuseUnlessParty(const CaseState& state, const kernel::Actor& actor);

// Refuses those for whom the case does not exist, and those from whom it is kept
// though they recorded something in it: before any other rule, so that no refusal
// tells them how it stands.
Refusal RefuseUnlessSeen(const CaseState& state, const kernel::Actor& actor);

// Refuses only those for whom the case does not exist, for what is taken from
// everybody else: words, a referral, a call to the police.
Refusal RefuseUnlessKnown(const CaseState& state, const kernel::Actor& actor);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_SIGHT_H_
