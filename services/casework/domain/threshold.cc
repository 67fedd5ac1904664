// Whether an adult's suitability is in question, and whether the harm threshold is
// met (P23, KCSIE part four).
//
// That it is met waits for no gate but that of the police: it looks at no material,
// and leads to the referral. What else is decided about it waits for advice where
// the policy has nothing done before.

#include <utility>
#include <vector>

#include "services/casework/domain/decide.h"
#include "services/casework/domain/decision_record.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/sight.h"
#include "services/casework/domain/wishes.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using wardbook::events::v1::CaseEvent;

Refusal CheckLimbs(const DecideHarmThreshold& command) {
  const bool met = command.threshold == wardbook::events::v1::HARM_THRESHOLD_MET;
  if (met && command.limbs.empty()) return Rejected{Reason::kHarmLimbMissing, "limbs"};
  if (!met && !command.limbs.empty()) return Rejected{Reason::kFieldInvalid, "limbs"};
  return CheckEnums(command.limbs, "limbs");
}

// Nothing as well where nothing is chosen: the gate stands before some of the answers.
Refusal RefuseBeforeAdvice(const CaseState& state, const DecideHarmThreshold& command) {
  if (command.threshold == wardbook::events::v1::HARM_THRESHOLD_MET ||
      command.threshold == wardbook::events::v1::HARM_THRESHOLD_UNSPECIFIED) {
    return std::nullopt;
  }
  return RefuseThresholdNotMet(state);
}

}  // namespace

CaseDecision Decide(const CaseState& state, const RaiseSuitabilityQuestion& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          RefuseBeforePolice(state),
          RefuseClosed(state),
          RequireText(command.reasons, "reasons", kTextCharactersMax),
      })) {
    return *refusal;
  }

  CaseEvent event;
  event.mutable_suitability_question_raised()->set_reasons(command.reasons);
  // Raised after a decision it is another question, in whatever words.
  if (state.decided.threshold) return std::vector<CaseEvent>{std::move(event)};
  return UnlessDecided(state.decided.suitability_question, event.suitability_question_raised(),
                       event);
}

CaseDecision Decide(const CaseState& state, const DecideHarmThreshold& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          RefuseBeforePolice(state),
          RefuseClosed(state),
          RefuseBeforeAdvice(state, command),
          RefuseUnlessWishesAsked(state),
          RequireChoice(command.threshold, "threshold"),
          CheckLimbs(command),
          RequireText(command.reasons, "reasons", kTextCharactersMax),
          CheckConsidered(command.considered),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::HarmThresholdDecided& decided = *event.mutable_harm_threshold_decided();
  decided.set_threshold(command.threshold);
  for (const auto limb : Ascending(command.limbs)) decided.add_limbs(limb);
  decided.set_reasons(command.reasons);
  *decided.mutable_wishes_considered() = ConsideredNow(state, command.considered);
  *decided.mutable_decided_under() = command.by.decided_under;
  // Decided after advice it is another decision, in whatever words.
  if (state.advice_since_threshold) return std::vector<CaseEvent>{std::move(event)};
  return UnlessDecided(state.decided.threshold, decided, event);
}

}  // namespace wardbook::casework
