// What the Disclosure and Barring Service decides (P36). It takes months, so that a
// closed case takes it as well.

#include <utility>

#include "services/casework/domain/decide.h"
#include "services/casework/domain/decision_record.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/sight.h"

namespace wardbook::casework {

using wardbook::events::v1::CaseEvent;

// The police and the courts refer people to it as well, so that it waits for no
// referral of the school's.
CaseDecision Decide(const CaseState& state, const RecordBarringOutcome& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          RefuseBeforePolice(state),
          DemandedBy("P36", RequireChoice(command.outcome, "outcome")),
          DemandedBy("P36", RequireText(command.person_name, "person_name", kShortCharactersMax)),
          DemandedBy("P36", RequirePast(command.decided_at, "decided_at", command.by.now)),
          AllowText(command.reference, "reference", kShortCharactersMax),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::BarringOutcomeRecorded& recorded =
      *event.mutable_barring_outcome_recorded();
  recorded.set_outcome(command.outcome);
  recorded.set_person_name(command.person_name);
  *recorded.mutable_decided_at() = command.decided_at;
  recorded.set_reference(command.reference);
  return UnlessDecided(state.decided.barring_outcome, recorded, event);
}

}  // namespace wardbook::casework
