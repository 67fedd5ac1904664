#include "services/casework/domain/breach.h"

#include <algorithm>

namespace wardbook::casework {

using wardbook::events::v1::BreachClause;

namespace {

bool IsBreach(const CaseState& state) {
  return state.kind == wardbook::events::v1::INCIDENT_KIND_CODE_OF_CONDUCT ||
         state.kind == wardbook::events::v1::INCIDENT_KIND_CREDENTIAL_SHARING ||
         IsUnsuitableMaterial(state) || !state.reported_clauses.empty() ||
         !BreachedClauses(state).empty();
}

}  // namespace

std::set<BreachClause> BreachedClauses(const CaseState& state) {
  if (!state.decided.classification) return state.reported_clauses;
  std::set<BreachClause> clauses;
  for (const int clause : state.decided.classification->breached_clauses()) {
    clauses.insert(static_cast<BreachClause>(clause));
  }
  return clauses;
}

bool IsUnsuitableMaterial(const CaseState& state) {
  return state.kind == wardbook::events::v1::INCIDENT_KIND_UNSUITABLE_MATERIAL ||
         state.named_clauses.contains(wardbook::events::v1::BREACH_CLAUSE_P18_UNSUITABLE_MATERIAL);
}

bool NeedsFinding(const CaseState& state) {
  return IsBreach(state) || (state.allegation_time && state.decided.investigation);
}

bool IsAllegationReferred(const CaseState& state) {
  return std::any_of(state.referrals.begin(), state.referrals.end(), [](const Referral& referral) {
    return !referral.withdrawn && !referral.about_a_child;
  });
}

bool IsWithSafeguarding(const CaseState& state) {
  return std::any_of(state.referrals.begin(), state.referrals.end(), [](const Referral& referral) {
    return !referral.withdrawn && !referral.about_a_child && !referral.advice_only;
  });
}

bool IsLowLevelConcern(const CaseState& state) {
  return state.decided.threshold && state.decided.threshold->threshold() ==
                                        wardbook::events::v1::HARM_THRESHOLD_LOW_LEVEL_CONCERN;
}

bool NeedsThresholdDecision(const CaseState& state) {
  if (state.decided.suitability_question) return true;
  if (state.about_pupils_alone) return false;
  if (IsBreach(state) || state.kind == wardbook::events::v1::INCIDENT_KIND_SELF_REPORT ||
      state.named_clauses.contains(wardbook::events::v1::BREACH_CLAUSE_P06_CONTACT_WITH_CHILDREN)) {
    return true;
  }
  return state.allegation_time && !IsWithSafeguarding(state);
}

}  // namespace wardbook::casework
