// Closing a case and opening it again.

#include <algorithm>
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

// P46: the wishes are considered; to depart from them needs reasons.
Refusal CheckReasons(const CloseCase& command) {
  if (!command.wishes_followed && IsBlank(command.reasons)) {
    return Rejected{Reason::kWishesNeedReasons, "reasons"};
  }
  return AllowText(command.reasons, "reasons", kTextCharactersMax);
}

// P41: a question that was asked is waited for. Unsuitable material cannot be
// dealt with at all until advice lets the school proceed, and closing would be
// to have dealt with it.
bool WaitsForAdvice(const CaseState& state) {
  if (state.advice_sought && !state.advice_received) return true;
  if (state.kind != wardbook::events::v1::INCIDENT_KIND_UNSUITABLE_MATERIAL) return false;
  return state.may_proceed != wardbook::events::v1::MAY_PROCEED_YES &&
         state.may_proceed != wardbook::events::v1::MAY_PROCEED_LIMITED;
}

}  // namespace

CaseDecision Decide(const CaseState& state, const CloseCase& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          RequireText(command.conclusion, "conclusion", kTextCharactersMax),
          CheckReasons(command),
      })) {
    return *refusal;
  }
  if (state.closed) return Rejected{Reason::kCaseClosed, ""};
  if (WaitsForAdvice(state)) return Rejected{Reason::kAdviceFirst, ""};
  const bool outcome_pending =
      std::any_of(state.referrals.begin(), state.referrals.end(),
                  [](const Referral& referral) { return !referral.outcome_recorded; });
  if (outcome_pending) return Rejected{Reason::kOutcomePending, ""};

  CaseEvent event;
  wardbook::events::v1::CaseClosed& closed = *event.mutable_case_closed();
  closed.set_conclusion(command.conclusion);
  closed.set_wishes_followed(command.wishes_followed);
  closed.set_reasons(command.reasons);
  return std::vector<CaseEvent>{std::move(event)};
}

CaseDecision Decide(const CaseState& state, const ReopenCase& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          RequireText(command.reasons, "reasons", kTextCharactersMax),
      })) {
    return *refusal;
  }
  if (!state.closed) return Rejected{Reason::kCaseNotClosed, ""};

  CaseEvent event;
  event.mutable_case_reopened()->set_reasons(command.reasons);
  return std::vector<CaseEvent>{std::move(event)};
}

}  // namespace wardbook::casework
