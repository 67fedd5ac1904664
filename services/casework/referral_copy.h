// A referral as the council's form, to be copied by hand.

#ifndef SERVICES_CASEWORK_REFERRAL_COPY_H_
#define SERVICES_CASEWORK_REFERRAL_COPY_H_

#include "services/casework/domain/case_state.h"
#include "services/rulepack/rule_packs.h"
#include "wardbook/v1/referral_service.pb.h"

namespace wardbook::casework {

// What is prepared for the referral, or for the next one of the case where it is
// null, with the office that it goes to by the rules.
wardbook::v1::ShowReferralFormResponse CopyOut(const CaseState& state, const Referral* referral,
                                               const rulepack::RulePack& rules);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_REFERRAL_COPY_H_
