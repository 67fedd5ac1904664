#include "services/schoolpolicy/domain/dues.h"

#include <algorithm>
#include <cstdint>

#include "absl/time/civil_time.h"
#include "services/rulepack/day.h"
#include "services/schoolpolicy/domain/decide.h"
#include "services/schoolpolicy/domain/review_due.h"

namespace wardbook::schoolpolicy {
namespace {

using kernel::Role;
using rulepack::RulePacks;
using rulepack::WorkingCalendar;

// The year's reminder is planned, not written in a hurry.
constexpr absl::Duration kReminderShownBefore = absl::Hours(14 * 24);

std::optional<PolicyDue> ReviewDueFor(const PolicyVersion& version, const RulePacks& rules,
                                      absl::Time now) {
  const WorkingCalendar& calendar = rules.calendar();
  const auto& days = rules.At(now).policy_reviews().reminder_days();
  const ReviewDue review =
      ReviewDueOn(calendar.DayOf(now), version.review_on, {days.begin(), days.end()});
  if (review.stage == ReviewStage::kLater) return std::nullopt;
  return PolicyDue{Wait::kReview, calendar.StartOf(*version.approved_on),
                   calendar.StartOf(version.review_on + 1), version.id};
}

// Since when the version can be known: it may be approved for a day that has passed.
absl::Time KnownSince(const PolicyVersion& version, const WorkingCalendar& calendar) {
  return std::max(calendar.StartOf(*version.approved_on), version.approved_time);
}

absl::Time AcknowledgedBy(absl::Time since, const RulePacks& rules) {
  return rules.calendar().AddWorkingDays(
      since, rules.At(since).policy_reviews().acknowledgement_working_days());
}

}  // namespace

std::optional<absl::Time> ReminderDueTime(const PolicyState& state, const RulePacks& rules,
                                          absl::Time now) {
  const WorkingCalendar& calendar = rules.calendar();
  const PolicyVersion* const version = state.InForceOn(calendar.DayOf(now));
  if (state.reminders.empty()) {
    if (version == nullptr) return std::nullopt;
    return KnownSince(*version, calendar);
  }
  if (version != nullptr && state.reminders.back().version != version->id) {
    return KnownSince(*version, calendar);
  }
  const absl::CivilDay last = calendar.DayOf(state.reminders.back().issued_time);
  const auto months =
      static_cast<int>(rules.At(now).policy_reviews().prevention_reminder_months_max());
  return calendar.StartOf(rulepack::AddMonths(last, months) + 1);
}

std::vector<PolicyDue> DuesOf(const PolicyState& state, const Asked& asked, const RulePacks& rules,
                              absl::Time now) {
  const kernel::Actor& actor = asked.actor;
  std::vector<PolicyDue> dues;
  const PolicyVersion* const version = state.InForceOn(rules.calendar().DayOf(now));
  if (version != nullptr && actor.HasAny({Role::kHeadteacher, Role::kChairOfGovernors})) {
    if (const std::optional<PolicyDue> review = ReviewDueFor(*version, rules, now)) {
      dues.push_back(*review);
    }
  }
  if (actor.HasAny({Role::kHeadteacher, Role::kSeniorLeadership, Role::kSafeguardingLead})) {
    const std::optional<absl::Time> due = ReminderDueTime(state, rules, now);
    if (due.has_value() && *due - now <= kReminderShownBefore) {
      dues.push_back({Wait::kReminder,
                      state.reminders.empty() ? *due : state.reminders.back().issued_time, *due});
    }
  }
  if (!IsBound(actor)) return dues;
  if (version != nullptr && !version->acknowledgements.contains(actor.person)) {
    const absl::Time since =
        std::max(KnownSince(*version, rules.calendar()), asked.of_school_since);
    dues.push_back({Wait::kAcknowledgement, since, AcknowledgedBy(since, rules), version->id});
  }
  if (!state.reminders.empty() && !state.reminders.back().acknowledgements.contains(actor.person)) {
    const Reminder& last = state.reminders.back();
    const absl::Time since = std::max(last.issued_time, asked.of_school_since);
    dues.push_back({Wait::kReminderAcknowledgement, since, AcknowledgedBy(since, rules), last.id});
  }
  return dues;
}

}  // namespace wardbook::schoolpolicy
