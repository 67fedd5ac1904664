#include "services/casework/domain/wishes.h"

#include <utility>
#include <vector>

#include "services/casework/domain/decide.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/sight.h"

namespace wardbook::casework {

using kernel::Reason;
using kernel::Rejected;
using wardbook::events::v1::CaseEvent;
using wardbook::events::v1::WishesConsidered;

namespace {

template <class Command>
Refusal CheckWishesOf(const Command& command) {
  if (!command.wishes_not_given) {
    return DemandedBy("P46", RequireText(command.wishes, "wishes", kTextCharactersMax));
  }
  if (!IsBlank(command.wishes)) return Rejected{Reason::kFieldInvalid, "wishes_not_given"};
  return std::nullopt;
}

}  // namespace

Refusal CheckWishes(const ReportIncident& command) { return CheckWishesOf(command); }
Refusal CheckWishes(const UpdateWishes& command) { return CheckWishesOf(command); }

Refusal CheckConsidered(const Considered& considered) {
  if (Refusal refusal =
          DemandedBy("P46", RequireChoice(considered.treatment, "wishes_treatment"))) {
    return refusal;
  }
  if (considered.treatment == wardbook::events::v1::WISHES_TREATMENT_DEPARTED &&
      IsBlank(considered.reasons)) {
    return Rejected{Reason::kWishesNeedReasons, "wishes_reasons"};
  }
  return AllowText(considered.reasons, "wishes_reasons", kTextCharactersMax);
}

Refusal RefuseUnlessWishesAsked(const CaseState& state) {
  if (!state.wishes_asked) return Rejected{Reason::kWishesNotAsked, ""};
  return std::nullopt;
}

WishesConsidered ConsideredNow(const CaseState& state, const Considered& considered) {
  WishesConsidered event;
  event.set_wishes_version(state.wishes_version);
  event.set_treatment(considered.treatment);
  event.set_reasons(considered.reasons);
  return event;
}

// The wishes are the reporter's: who records them for the reporter says how they
// made them known. They may change at any time, also when the case is closed.
CaseDecision Decide(const CaseState& state, const UpdateWishes& command) {
  const bool by_reporter = state.reporter == command.by.actor.person;
  if (Refusal refusal = FirstOf({
          by_reporter
              ? RefuseUnlessSeen(state, command.by.actor)
              : RefuseUnless(state, command.by.actor, {Sight::kHandler, Sight::kLineManager}),
          RefuseBeforePolice(state),
          CheckWishes(command),
          by_reporter ? AllowText(command.conveyed_how, "conveyed_how", kLineCharactersMax)
                      : RequireText(command.conveyed_how, "conveyed_how", kLineCharactersMax),
      })) {
    return *refusal;
  }
  if (state.wishes_asked && state.wishes == command.wishes &&
      state.wishes_not_given == command.wishes_not_given) {
    return std::vector<CaseEvent>{};
  }

  CaseEvent event;
  wardbook::events::v1::WishesUpdated& updated = *event.mutable_wishes_updated();
  updated.set_wishes(command.wishes);
  updated.set_wishes_not_given(command.wishes_not_given);
  updated.set_conveyed_how(command.conveyed_how);
  updated.set_wishes_version(state.wishes_version + 1);
  return std::vector<CaseEvent>{std::move(event)};
}

}  // namespace wardbook::casework
