#include "services/schoolpolicy/domain/review_due.h"

#include <optional>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::schoolpolicy {
namespace {

const std::vector<uint32_t> kDays = {60, 30, 0};
constexpr absl::CivilDay kReview(2027, 7, 1);

ReviewDue DueIn(int days) { return ReviewDueOn(kReview - days, kReview, kDays); }

TEST(P02, RemindersAreDueSixtyThirtyAndNoDaysBeforeTheReview) {
  EXPECT_EQ(DueIn(61).stage, ReviewStage::kLater);
  EXPECT_EQ(DueIn(61).reminder, std::nullopt);
  EXPECT_EQ(DueIn(60).stage, ReviewStage::kReminded);
  EXPECT_EQ(DueIn(60).reminder, 60u);
  EXPECT_EQ(DueIn(31).reminder, 60u);
  EXPECT_EQ(DueIn(30).reminder, 30u);
  EXPECT_EQ(DueIn(1).reminder, 30u);
  EXPECT_EQ(DueIn(0).reminder, 0u);
  EXPECT_EQ(DueIn(0).stage, ReviewStage::kReminded);
}

TEST(P02, AReviewIsOverdueFromTheDayAfterItsDay) {
  EXPECT_EQ(DueIn(-1).stage, ReviewStage::kOverdue);
  EXPECT_EQ(DueIn(-1).days_left, -1);
  const ReviewDue years_later =
      ReviewDueOn(absl::CivilDay(2026, 9, 14), absl::CivilDay(2023, 7, 14), kDays);
  EXPECT_EQ(years_later.stage, ReviewStage::kOverdue);
  EXPECT_EQ(years_later.days_left, -1158);
}

}  // namespace
}  // namespace wardbook::schoolpolicy
