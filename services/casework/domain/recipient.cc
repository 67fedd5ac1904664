#include "services/casework/domain/recipient.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "services/casework/domain/decide.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/routing.h"
#include "services/casework/domain/sight.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using kernel::Role;
using wardbook::events::v1::CaseEvent;

bool IsRecipient(const CaseState& state, const kernel::Actor& actor) {
  return state.recipient == actor.person;
}

// Where the recipient cannot hand the case over, because they are absent or have
// left, those above them do, with reasons.
Refusal CheckWhoHandsOver(const CaseState& state, const HandOverRecipient& command) {
  if (state.recipient.IsZero()) return Rejected{Reason::kNoRecipient, ""};
  const kernel::Actor& actor = command.by.actor;
  if (IsRecipient(state, actor) || actor.HasAny({Role::kHeadteacher, Role::kChairOfGovernors}) ||
      StandsInForHeadteacher(actor, command.head_absence, command.school)) {
    return std::nullopt;
  }
  return Rejected{Reason::kHandOverNotYours, ""};
}

Refusal CheckSuccessor(const CaseState& state, const HandOverRecipient& command) {
  const auto handles = [&](const RegisteredPerson& person) {
    return person.id == command.to && SightOf(state, person.AsActor()) == Sight::kHandler;
  };
  if (std::any_of(command.school.begin(), command.school.end(), handles)) return std::nullopt;
  return Rejected{Reason::kNotAHandler, "to_person_id"};
}

}  // namespace

Refusal RefuseUnlessRecipient(const CaseState& state, const kernel::Actor& actor) {
  if (state.recipient.IsZero() || IsRecipient(state, actor)) return std::nullopt;
  return Rejected{Reason::kRecipientSeeksAdvice, ""};
}

Refusal RefuseUnlessReceiver(const CaseState& state, const kernel::Actor& actor) {
  if (state.recipient.IsZero() || IsRecipient(state, actor) ||
      state.route == wardbook::events::v1::ROUTE_CHAIR_OF_GOVERNORS ||
      actor.Has(Role::kHeadteacher)) {
    return std::nullopt;
  }
  return Rejected{Reason::kHeadteacherReceives, ""};
}

CaseDecision Decide(const CaseState& state, const HandOverRecipient& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          CheckWhoHandsOver(state, command),
          RefuseBeforePolice(state),
          RefuseClosed(state),
          RequireText(command.reasons, "reasons", kTextCharactersMax),
          CheckSuccessor(state, command),
      })) {
    return *refusal;
  }
  if (state.recipient == command.to) return std::vector<CaseEvent>{};

  CaseEvent event;
  wardbook::events::v1::RecipientHandedOver& handed_over = *event.mutable_recipient_handed_over();
  handed_over.set_from_id(state.recipient.Bytes());
  handed_over.set_to_id(command.to.Bytes());
  handed_over.set_to_name(NameOf(command.school, command.to));
  handed_over.set_reasons(command.reasons);
  const bool by_right = IsRecipient(state, command.by.actor) ||
                        command.by.actor.HasAny({Role::kHeadteacher, Role::kChairOfGovernors});
  if (!by_right && command.head_absence) {
    handed_over.set_head_absence_id(command.head_absence->id.Bytes());
  }
  return std::vector<CaseEvent>{std::move(event)};
}

}  // namespace wardbook::casework
