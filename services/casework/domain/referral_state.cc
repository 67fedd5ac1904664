#include "services/casework/domain/referral_state.h"

#include <algorithm>

namespace wardbook::casework {

namespace events = wardbook::events::v1;

namespace {

void Acknowledge(Referral& referral, const Fact& fact) {
  if (!referral.acknowledged) referral.acknowledged_time = fact.recorded_time;
  referral.acknowledged = true;
}

}  // namespace

const Referral* FindReferral(const CaseState& state, const std::optional<ReferralId>& id) {
  if (!id) return state.referrals.empty() ? nullptr : &state.referrals.back();
  const auto found = std::find_if(state.referrals.begin(), state.referrals.end(),
                                  [&id](const Referral& referral) { return referral.id == *id; });
  return found == state.referrals.end() ? nullptr : &*found;
}

const Referral* NewestOpenReferral(const CaseState& state) {
  const auto newest = std::find_if(state.referrals.rbegin(), state.referrals.rend(),
                                   [](const Referral& referral) { return !HasEnded(referral); });
  return newest == state.referrals.rend() ? nullptr : &*newest;
}

bool IsSettled(const Referral& referral) {
  const bool each =
      std::all_of(referral.strands.begin(), referral.strands.end(), [](const auto& entry) {
        return entry.second.outcome != events::REFERRAL_OUTCOME_UNSPECIFIED;
      });
  return each && (!referral.strands.empty() || referral.outcome_recorded || referral.advice_only);
}

void Apply(Referral& referral, const events::ReferralAcknowledged& acknowledged, const Fact& fact) {
  Acknowledge(referral, fact);
  referral.reference = acknowledged.reference();
  referral.message = acknowledged.message();
}

void Apply(Referral& referral, const events::ReferralOutcomeRecorded& recorded, const Fact& fact) {
  Acknowledge(referral, fact);
  referral.advice_only = false;
  referral.outcome_recorded = true;
  referral.outcome = recorded.outcome();
  referral.outcome_reasons = recorded.reasons();
}

void Apply(Referral& referral, const events::ReferralSubmitted& submitted, const Fact& fact) {
  if (!referral.submitted) referral.submitted_time = fact.recorded_time;
  referral.submitted = true;
  referral.form_reference = submitted.form_reference();
}

void Apply(Referral& referral, const events::ReferralAdviceGiven& given, const Fact& fact) {
  Acknowledge(referral, fact);
  referral.advice_only =
      !referral.threshold_met && !referral.outcome_recorded && referral.strands.empty();
  referral.advice = given.advice();
}

void Apply(Referral& referral, const events::MoreInformationRequested&, const Fact& fact) {
  Acknowledge(referral, fact);
}

void Apply(Referral& referral, const events::ReferralThresholdMet& met, const Fact& fact) {
  Acknowledge(referral, fact);
  referral.threshold_met = true;
  referral.threshold_reasons = met.reasons();
  // It is more than advice from now on.
  referral.advice_only = false;
}

void Apply(Referral& referral, const events::ReferralStrandOpened& opened, const Fact&) {
  referral.advice_only = false;
  Strand& strand = referral.strands[opened.strand()];
  strand.reference = opened.reference();
  strand.details = opened.details();
}

void Apply(Referral& referral, const events::ReferralStrandOutcomeRecorded& recorded, const Fact&) {
  Strand& strand = referral.strands[recorded.strand()];
  strand.outcome = recorded.outcome();
  strand.reasons = recorded.reasons();
}

void Apply(Referral& referral, const events::ReferralClosingActionRecorded& recorded, const Fact&) {
  referral.closing_actions.insert(recorded.action());
}

void Apply(Referral& referral, const events::ReferralClosed& closed, const Fact&) {
  referral.closed = true;
  referral.end_reasons = closed.summary();
}

void Apply(Referral& referral, const events::ReferralWithdrawn& withdrawn, const Fact&) {
  referral.withdrawn = true;
  referral.end_reasons = withdrawn.reasons();
}

}  // namespace wardbook::casework
