// Closing a case and opening it again.

#include <utility>
#include <vector>

#include "services/casework/domain/decide.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/gates.h"
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

// P41: a question that was asked is waited for.
bool WaitsForAdvice(const CaseState& state) {
  return state.advice_sought && !state.advice_received;
}

}  // namespace

CaseDecision Decide(const CaseState& state, const CloseCase& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          RefuseBeforePolice(state),
          RequireText(command.conclusion, "conclusion", kTextCharactersMax),
          CheckReasons(command),
      })) {
    return *refusal;
  }
  if (state.closed) return Rejected{Reason::kCaseClosed, ""};
  // To close a case is to have dealt with it.
  if (Refusal refusal = RefuseInvestigation(state)) return *refusal;
  if (WaitsForAdvice(state)) return Rejected{Reason::kAdviceFirst, ""};
  if (AwaitsOutcome(state)) return Rejected{Reason::kOutcomePending, ""};

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
          RefuseBeforePolice(state),
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
