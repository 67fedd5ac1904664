// What the target decides about the police (P47).

#include <utility>
#include <vector>

#include "services/casework/domain/decide.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/sight.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using wardbook::events::v1::CaseEvent;

Refusal CheckChoice(wardbook::events::v1::PoliceChoice choice) {
  if (choice == wardbook::events::v1::POLICE_CHOICE_UNSPECIFIED) {
    return Rejected{Reason::kFieldMissing, "choice"};
  }
  if (!wardbook::events::v1::PoliceChoice_IsValid(choice)) {
    return Rejected{Reason::kFieldInvalid, "choice"};
  }
  return std::nullopt;
}

}  // namespace

// The decision is the target's alone: who records it for them says how they made
// it known. It may change at any time, also when the case is closed.
CaseDecision Decide(const CaseState& state, const RecordPoliceDecision& command) {
  const bool by_target = state.targets.contains(command.by.actor.person);
  if (Refusal refusal = FirstOf({
          by_target ? RefuseUnlessSeen(state, command.by.actor)
                    : RefuseUnless(state, command.by.actor, {Sight::kHandler, Sight::kReporter}),
          CheckChoice(command.choice),
          by_target ? AllowText(command.conveyed_how, "conveyed_how", kLineCharactersMax)
                    : RequireText(command.conveyed_how, "conveyed_how", kLineCharactersMax),
          AllowText(command.statement, "statement", kTextCharactersMax),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::PoliceDecisionRecorded& recorded =
      *event.mutable_police_decision_recorded();
  recorded.set_choice(command.choice);
  recorded.set_conveyed_how(command.conveyed_how);
  recorded.set_statement(command.statement);
  return std::vector<CaseEvent>{std::move(event)};
}

}  // namespace wardbook::casework
