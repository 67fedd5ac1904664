#include "services/casework/domain/dues.h"

#include "services/casework/domain/breach.h"
#include "services/casework/domain/gates.h"
#include "storage/base/assert.h"

namespace wardbook::casework {
namespace {

using wardbook::rules::v1::Periods;

// Whether the line manager still has what they were told (P45).
bool AwaitsHandOn(const CaseState& state) {
  return state.route == wardbook::events::v1::ROUTE_LINE_MANAGER && !state.line_manager.IsZero() &&
         !state.escalated;
}

// Whether Lancashire Safeguarding has to learn of an allegation. Whoever asks them
// for advice has told them: the answer is waited for. It is decided otherwise by
// whoever decides that the harm threshold is not met, and anew by whoever decides
// that it is.
bool AwaitsReferral(const CaseState& state) {
  const bool is_officers = state.route == wardbook::events::v1::ROUTE_SAFEGUARDING_OFFICER;
  if (is_officers || IsAllegationReferred(state)) return false;
  if (!state.decided.threshold) return state.allegation_time && !state.advice_sought;
  return state.decided.threshold->threshold() == wardbook::events::v1::HARM_THRESHOLD_MET &&
         !(state.advice_since_threshold && LetsSchoolProceed(state));
}

// Whether the school has to decide about the harm threshold now: not while it waits
// for the police or for advice, and not what Lancashire Safeguarding decides about.
bool AwaitsThreshold(const CaseState& state) {
  return NeedsThresholdDecision(state) && !state.decided.threshold && !IsWithSafeguarding(state) &&
         !RefuseThresholdNotMet(state) && (!state.advice_sought || state.advice_received);
}

}  // namespace

std::vector<Clock> ClocksOf(const CaseState& state) {
  std::vector<Clock> clocks;
  if (state.revision == 0) return clocks;
  const bool police_first = AwaitsPolice(state);
  const bool is_open = !state.closed;
  if (police_first) clocks.push_back({ClockKind::kPolice, state.suspected_time});
  if (is_open && !police_first && !state.acknowledged) {
    clocks.push_back({ClockKind::kAcknowledgement, state.reported_time});
  }
  if (is_open && AwaitsHandOn(state)) clocks.push_back({ClockKind::kHandOn, state.reported_time});
  if (is_open && AwaitsReferral(state)) {
    clocks.push_back(
        {ClockKind::kAllegation, state.decided.threshold
                                     ? state.threshold_time
                                     : state.allegation_time.value_or(state.reported_time)});
  } else if (is_open && !police_first && AwaitsThreshold(state)) {
    clocks.push_back({ClockKind::kThreshold, *state.threshold_asked_time});
  }
  if (is_open && !police_first && state.data_breach_time && !state.decided.data_breach) {
    clocks.push_back({ClockKind::kDataBreach, *state.data_breach_time});
  }
  if (is_open && !police_first && state.advice_sought && !state.advice_received) {
    clocks.push_back({ClockKind::kAdvice, state.advice_sought_time});
  }
  if (state.closed && state.late_word_time) {
    clocks.push_back({ClockKind::kLateWord, *state.late_word_time});
  }
  // The officers answer on a closed case too.
  for (const Referral& referral : state.referrals) {
    if (!AwaitsOutcome(referral)) continue;
    if (referral.acknowledged) {
      clocks.push_back({ClockKind::kReferralOutcome, referral.acknowledged_time});
    } else {
      clocks.push_back({ClockKind::kReferralAcknowledgement,
                        referral.submitted ? referral.submitted_time : referral.referred_time});
    }
  }
  if (is_open && !police_first && !state.referrals.empty()) {
    clocks.push_back({ClockKind::kReview, state.referrals.front().referred_time, state.noted_time});
  }
  for (const Disagreement& disagreement : state.disagreements) {
    if (disagreement.resolved || police_first) continue;
    clocks.push_back(
        {ClockKind::kDisagreement, disagreement.since, std::nullopt, disagreement.due});
  }
  return clocks;
}

absl::Time DueTimeOf(const Clock& clock, const rulepack::RulePacks& rules) {
  const rulepack::WorkingCalendar& calendar = rules.calendar();
  const Periods& periods = rules.At(clock.since).periods();
  switch (clock.kind) {
    case ClockKind::kPolice:
      return clock.since;
    case ClockKind::kLateWord:
    case ClockKind::kAcknowledgement:
      return calendar.AddWorkingDays(clock.since, periods.report_acknowledgement_working_days());
    case ClockKind::kHandOn:
      return calendar.AddWorkingDays(clock.since, periods.hand_on_working_days());
    // It is decided within the time in which an allegation is referred.
    case ClockKind::kThreshold:
    case ClockKind::kAllegation:
      return calendar.AddWorkingDays(clock.since, periods.lado_referral_working_days());
    // Hours of the clock: the Information Commissioner's do not stop at weekends.
    case ClockKind::kDataBreach:
      return clock.since + absl::Hours(1) * periods.data_breach_report_hours();
    case ClockKind::kAdvice:
      return calendar.AddWorkingDays(clock.since, periods.advice_follow_up_working_days());
    case ClockKind::kReferralAcknowledgement:
      return calendar.AddWorkingDays(clock.since, periods.referral_acknowledgement_working_days());
    case ClockKind::kReferralOutcome:
      return calendar.AddWorkingDays(clock.since,
                                     periods.referral_outcome_follow_up_working_days());
    case ClockKind::kReview: {
      const absl::Time first = calendar.AddDays(clock.since, periods.first_case_review_days());
      if (!clock.noted || *clock.noted < calendar.StartOf(calendar.DayOf(first))) return first;
      return calendar.AddDays(*clock.noted,
                              rules.At(*clock.noted).periods().later_case_review_days());
    }
    case ClockKind::kDisagreement:
      return clock.recorded_due.value_or(clock.since);
  }
  WARDBOOK_ASSERT(false);
}

std::vector<CaseDue> DuesOf(const CaseState& state, const rulepack::RulePacks& rules) {
  std::vector<CaseDue> dues;
  for (const Clock& clock : ClocksOf(state)) {
    dues.push_back({clock.kind, clock.since, DueTimeOf(clock, rules)});
  }
  return dues;
}

bool HasToAct(ClockKind kind, Sight sight, wardbook::events::v1::Route route) {
  const bool handles =
      sight == Sight::kHandler ||
      (sight == Sight::kOfficer && route == wardbook::events::v1::ROUTE_SAFEGUARDING_OFFICER);
  switch (kind) {
    case ClockKind::kPolice:
      // Whoever sees the case can tell the police, and somebody must.
      return handles || sight == Sight::kLineManager || sight == Sight::kReporter;
    case ClockKind::kHandOn:
      return sight == Sight::kLineManager;
    case ClockKind::kReferralAcknowledgement:
    case ClockKind::kReferralOutcome:
    case ClockKind::kDisagreement:
      return handles || sight == Sight::kOfficer;
    case ClockKind::kAcknowledgement:
    case ClockKind::kAllegation:
    case ClockKind::kThreshold:
    case ClockKind::kDataBreach:
    case ClockKind::kAdvice:
    case ClockKind::kReview:
    case ClockKind::kLateWord:
      return handles;
  }
  WARDBOOK_ASSERT(false);
}

}  // namespace wardbook::casework
