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

// Whether the gates of P39 to P41 hold: it was reported as unsuitable material, or
// the report or any classification names P18. Whoever has named it leaves it to
// Lancashire Safeguarding: a later classification does not open the gate.
bool IsUnsuitableMaterial(const CaseState& state);

// Whether the policy has it investigated (P20). What was reported as a breach
// stays one until an investigation finds otherwise: to classify it away would be
// to close it without a finding. Of an allegation against an adult the school finds
// what it has begun to investigate.
bool NeedsFinding(const CaseState& state);

// Whether it must be decided if the harm threshold is met (P23): where the
// suitability of an adult was brought into question, an adult may have breached the
// code of conduct or reports an act of their own, and where it may be an allegation
// against an adult that Lancashire Safeguarding is not dealing with. Of contact with
// children always, once it was named (P06).
bool NeedsThresholdDecision(const CaseState& state);

// Whether Lancashire Safeguarding was told of the adult's part of it: by a referral or
// a consultation that was not withdrawn and is not about a child alone.
bool IsAllegationReferred(const CaseState& state);

// Whether they have it, and did more than give advice.
bool IsWithSafeguarding(const CaseState& state);

// Whether the latest decision about the harm threshold is that it is a low-level
// concern.
bool IsLowLevelConcern(const CaseState& state);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_BREACH_H_
