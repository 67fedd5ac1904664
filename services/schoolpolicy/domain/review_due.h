// Where the policy stands with its next review (P02). It is shown; nothing
// waits for it.

#ifndef SERVICES_SCHOOLPOLICY_DOMAIN_REVIEW_DUE_H_
#define SERVICES_SCHOOLPOLICY_DOMAIN_REVIEW_DUE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/time/civil_time.h"

namespace wardbook::schoolpolicy {

enum class ReviewStage {
  kLater,     // No reminder is due yet.
  kReminded,  // One of the reminders is due.
  kOverdue,   // The day has passed.
};

struct ReviewDue {
  ReviewStage stage = ReviewStage::kLater;
  // Until the review; less than 0 when it is overdue.
  int64_t days_left = 0;
  // The reminder that is due, in days before the review.
  std::optional<uint32_t> reminder;
};

// `reminder_days` as the rule pack has them, the earliest reminder first.
ReviewDue ReviewDueOn(absl::CivilDay today, absl::CivilDay review_on,
                      const std::vector<uint32_t>& reminder_days);

}  // namespace wardbook::schoolpolicy

#endif  // SERVICES_SCHOOLPOLICY_DOMAIN_REVIEW_DUE_H_
