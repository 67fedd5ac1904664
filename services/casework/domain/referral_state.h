// The referrals of a case, and what later events make of one.

#ifndef SERVICES_CASEWORK_DOMAIN_REFERRAL_STATE_H_
#define SERVICES_CASEWORK_DOMAIN_REFERRAL_STATE_H_

#include <optional>

#include "services/casework/domain/case_state.h"
#include "storage/base/ids.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::casework {

// Null when there is none such; the newest when none is named.
const Referral* FindReferral(const CaseState& state, const std::optional<ReferralId>& id);

// The newest referral that has not ended, or null.
const Referral* NewestOpenReferral(const CaseState& state);

// Whether each who looks into it has come to an outcome, or else the council to
// one about the whole.
bool IsSettled(const Referral& referral);

void Apply(Referral& referral, const wardbook::events::v1::ReferralAcknowledged& acknowledged,
           const Fact& fact);
void Apply(Referral& referral, const wardbook::events::v1::ReferralOutcomeRecorded& recorded,
           const Fact& fact);
void Apply(Referral& referral, const wardbook::events::v1::ReferralSubmitted& submitted,
           const Fact& fact);
// What the council says of a referral shows that it has it.
void Apply(Referral& referral, const wardbook::events::v1::ReferralAdviceGiven& given,
           const Fact& fact);
void Apply(Referral& referral, const wardbook::events::v1::MoreInformationRequested& requested,
           const Fact& fact);
void Apply(Referral& referral, const wardbook::events::v1::ReferralThresholdMet& met,
           const Fact& fact);
void Apply(Referral& referral, const wardbook::events::v1::ReferralStrandOpened& opened,
           const Fact& fact);
void Apply(Referral& referral, const wardbook::events::v1::ReferralStrandOutcomeRecorded& recorded,
           const Fact& fact);
void Apply(Referral& referral, const wardbook::events::v1::ReferralClosingActionRecorded& recorded,
           const Fact& fact);
void Apply(Referral& referral, const wardbook::events::v1::ReferralClosed& closed,
           const Fact& fact);
void Apply(Referral& referral, const wardbook::events::v1::ReferralWithdrawn& withdrawn,
           const Fact& fact);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_REFERRAL_STATE_H_
