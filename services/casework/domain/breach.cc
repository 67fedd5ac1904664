#include "services/casework/domain/breach.h"

namespace wardbook::casework {

using wardbook::events::v1::BreachClause;

std::set<BreachClause> BreachedClauses(const CaseState& state) {
  if (!state.decided.classification) return state.reported_clauses;
  std::set<BreachClause> clauses;
  for (const int clause : state.decided.classification->breached_clauses()) {
    clauses.insert(static_cast<BreachClause>(clause));
  }
  return clauses;
}

bool NeedsFinding(const CaseState& state) {
  return state.kind == wardbook::events::v1::INCIDENT_KIND_CODE_OF_CONDUCT ||
         state.kind == wardbook::events::v1::INCIDENT_KIND_CREDENTIAL_SHARING ||
         !BreachedClauses(state).empty();
}

bool IsLowLevelConcern(const CaseState& state) {
  return state.decided.threshold && state.decided.threshold->threshold() ==
                                        wardbook::events::v1::HARM_THRESHOLD_LOW_LEVEL_CONCERN;
}

bool NeedsThresholdDecision(const CaseState& state) {
  if (state.decided.suitability_question) return true;
  if (state.about_pupils_alone) return false;
  return NeedsFinding(state) ||
         state.kind == wardbook::events::v1::INCIDENT_KIND_UNSUITABLE_MATERIAL ||
         state.kind == wardbook::events::v1::INCIDENT_KIND_SELF_REPORT;
}

}  // namespace wardbook::casework
