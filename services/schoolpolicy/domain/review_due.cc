#include "services/schoolpolicy/domain/review_due.h"

namespace wardbook::schoolpolicy {

ReviewDue ReviewDueOn(absl::CivilDay today, absl::CivilDay review_on,
                      const std::vector<uint32_t>& reminder_days) {
  ReviewDue due;
  due.days_left = review_on - today;
  for (const uint32_t days : reminder_days) {
    if (due.days_left <= static_cast<int64_t>(days)) due.reminder = days;
  }
  if (due.days_left < 0) {
    due.stage = ReviewStage::kOverdue;
  } else if (due.reminder) {
    due.stage = ReviewStage::kReminded;
  }
  return due;
}

}  // namespace wardbook::schoolpolicy
