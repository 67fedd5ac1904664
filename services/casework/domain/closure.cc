// Closing a case and opening it again.

#include "services/casework/domain/closure.h"

#include <utility>
#include <vector>

#include "services/casework/domain/breach.h"
#include "services/casework/domain/decide.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/sight.h"
#include "services/casework/domain/wishes.h"

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

// To close a case is to have dealt with it, which waits as an investigation does.
// Where the answer to the school's question was that it must not, and that is on
// record as a bar, there is nothing for it to deal with (P20).
Refusal RefuseConclusion(const CaseState& state) {
  const Refusal gate = RefuseInvestigation(state);
  const bool told_not_to = state.decided.bar && state.advice_received;
  if (gate && gate->reason == Reason::kAdviceFirst && told_not_to) return std::nullopt;
  return gate;
}

// What meets the threshold is Lancashire Safeguarding's to deal with, unless it is theirs already
// or they have said since that the school may proceed.
bool WaitsForReferral(const CaseState& state) {
  return state.route != wardbook::events::v1::ROUTE_SAFEGUARDING_OFFICER &&
         state.decided.threshold &&
         state.decided.threshold->threshold() == wardbook::events::v1::HARM_THRESHOLD_MET &&
         !(state.advice_since_threshold && LetsSchoolProceed(state)) &&
         !IsAllegationReferred(state);
}

bool WaitsForDisciplinaryDecision(const CaseState& state) {
  return state.decided.finding &&
         state.decided.finding->finding() == wardbook::events::v1::FINDING_BREACH &&
         !state.decided.disciplinary_decision;
}

bool WaitsForDataBreach(const CaseState& state) {
  return BreachedClauses(state).contains(wardbook::events::v1::BREACH_CLAUSE_P09_DISCLOSURE) &&
         !state.decided.data_breach;
}

Refusal RefuseUnlessComplete(const CaseState& state) {
  const std::vector<Reason> remaining = RemainingSteps(state);
  if (remaining.empty()) return std::nullopt;
  return Rejected{remaining.front(), ""};
}

Refusal RefuseUnlessClosed(const CaseState& state) {
  if (!state.closed) return Rejected{Reason::kCaseNotClosed, ""};
  return std::nullopt;
}

}  // namespace

std::vector<Reason> RemainingSteps(const CaseState& state) {
  std::vector<Reason> steps;
  if (state.closed) return steps;
  const Refusal gate = RefuseConclusion(state);
  if (gate) steps.push_back(gate->reason);
  if (WaitsForAdvice(state) && !(gate && gate->reason == Reason::kAdviceFirst)) {
    steps.push_back(Reason::kAdviceFirst);
  }
  if (AwaitsOutcome(state)) steps.push_back(Reason::kOutcomePending);
  if (!state.wishes_asked) steps.push_back(Reason::kWishesNotAsked);
  if (NeedsThresholdDecision(state) && !state.decided.threshold) {
    steps.push_back(Reason::kThresholdDecisionMissing);
  }
  if (WaitsForReferral(state)) steps.push_back(Reason::kReferralMissing);
  if (WaitsForDataBreach(state)) steps.push_back(Reason::kDataBreachNotAssessed);
  if (NeedsFinding(state) && !state.decided.finding && !state.decided.bar) {
    steps.push_back(Reason::kFindingMissing);
  }
  if (WaitsForDisciplinaryDecision(state)) {
    steps.push_back(Reason::kDisciplinaryDecisionMissing);
  }
  return steps;
}

CaseDecision Decide(const CaseState& state, const CloseCase& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          RefuseBeforePolice(state),
          RefuseClosed(state),
          RefuseUnlessComplete(state),
          RequireText(command.conclusion, "conclusion", kTextCharactersMax),
          CheckReasons(command),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::CaseClosed& closed = *event.mutable_case_closed();
  closed.set_conclusion(command.conclusion);
  closed.set_wishes_followed(command.wishes_followed);
  closed.set_reasons(command.reasons);
  closed.set_wishes_version(state.wishes_version);
  *closed.mutable_decided_under() = command.by.decided_under;
  return std::vector<CaseEvent>{std::move(event)};
}

CaseDecision Decide(const CaseState& state, const ReopenCase& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          RefuseBeforePolice(state),
          RefuseUnlessClosed(state),
          RequireText(command.reasons, "reasons", kTextCharactersMax),
      })) {
    return *refusal;
  }

  CaseEvent event;
  event.mutable_case_reopened()->set_reasons(command.reasons);
  return std::vector<CaseEvent>{std::move(event)};
}

}  // namespace wardbook::casework
