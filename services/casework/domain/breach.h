// Whether a case is about a breach of the code of conduct, and what that makes
// necessary.

#ifndef SERVICES_CASEWORK_DOMAIN_BREACH_H_
#define SERVICES_CASEWORK_DOMAIN_BREACH_H_

#include <set>

#include "services/casework/domain/case_state.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::casework {

// The clauses concerned: those of leadership's classification, and before there
// is one those that the reporter named.
std::set<wardbook::events::v1::BreachClause> BreachedClauses(const CaseState& state);

// Whether the policy has it investigated (P20). What was reported as a breach
// stays one until an investigation finds otherwise: to classify it away would be
// to close it without a finding.
bool NeedsFinding(const CaseState& state);

// Whether it must be decided if the harm threshold is met (P23): where the
// suitability of an adult was brought into question, or an adult may have
// breached the code of conduct or reports an act of their own.
bool NeedsThresholdDecision(const CaseState& state);

// Whether the latest decision about the harm threshold is that it is a low-level
// concern.
bool IsLowLevelConcern(const CaseState& state);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_BREACH_H_
