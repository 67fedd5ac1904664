#include "services/casework/domain/gates.h"

#include "services/casework/domain/breach.h"
#include "services/casework/domain/referral_state.h"
#include "services/casework/domain/sight.h"

namespace wardbook::casework {

using kernel::Reason;
using kernel::Rejected;

bool LetsSchoolProceed(const CaseState& state) {
  // Advice in answer to an earlier question does not answer the latest one.
  return state.advice_received && (state.may_proceed == wardbook::events::v1::MAY_PROCEED_YES ||
                                   state.may_proceed == wardbook::events::v1::MAY_PROCEED_LIMITED);
}

Refusal RefuseBeforePolice(const CaseState& state) {
  if (state.indecent_image_suspected && !state.police_informed) {
    return Rejected{Reason::kPolicePending, ""};
  }
  return std::nullopt;
}

Refusal RefuseSchoolBeforePolice(const CaseState& state, const kernel::Actor& actor) {
  if (SightOf(state, actor) == Sight::kOfficer) return std::nullopt;
  return RefuseBeforePolice(state);
}

Refusal RefuseInvestigation(const CaseState& state) {
  if (Refusal refusal = RefuseBeforePolice(state)) return refusal;
  if (state.indecent_image_suspected && !state.police_released) {
    return Rejected{Reason::kNoInvestigation, ""};
  }
  if (IsUnsuitableMaterial(state) && !LetsSchoolProceed(state)) {
    return Rejected{Reason::kAdviceFirst, ""};
  }
  return std::nullopt;
}

Refusal RefuseThresholdNotMet(const CaseState& state) {
  if (Refusal refusal = RefuseBeforePolice(state)) return refusal;
  if (state.advice_received) return std::nullopt;
  if (state.indecent_image_suspected && !state.police_released) {
    return Rejected{Reason::kNoInvestigation, ""};
  }
  if (IsUnsuitableMaterial(state)) return Rejected{Reason::kAdviceFirst, ""};
  return std::nullopt;
}

Refusal RefuseBeforeThreshold(const CaseState& state) {
  const bool contact_with_children =
      state.named_clauses.contains(wardbook::events::v1::BREACH_CLAUSE_P06_CONTACT_WITH_CHILDREN);
  if (contact_with_children && NeedsThresholdDecision(state) && !state.decided.threshold) {
    return Rejected{Reason::kThresholdFirst, ""};
  }
  return std::nullopt;
}

Refusal RefuseClosed(const CaseState& state) {
  if (state.closed) return Rejected{Reason::kCaseClosed, ""};
  return std::nullopt;
}

Refusal RefuseUnlessReferred(const CaseState& state) {
  if (state.referrals.empty()) return Rejected{Reason::kNotReferred, "referral_id"};
  return std::nullopt;
}

Refusal RefuseUnlessReferralOpen(const CaseState& state) {
  if (Refusal refusal = RefuseUnlessReferred(state)) return refusal;
  if (NewestOpenReferral(state) == nullptr) return Rejected{Reason::kReferralEnded, ""};
  return std::nullopt;
}

Refusal RefuseFiles(const CaseState& state, const kernel::Actor& actor) {
  if (Refusal refusal =
          RefuseUnless(state, actor, {Sight::kHandler, Sight::kLineManager, Sight::kReporter})) {
    return refusal;
  }
  if (state.indecent_image_suspected) return Rejected{Reason::kIndecentImageNoStore, ""};
  return std::nullopt;
}

}  // namespace wardbook::casework
