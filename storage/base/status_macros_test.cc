#include "storage/base/status_macros.h"

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace wardbook {
namespace {

using ::testing::Eq;
using ::wardbook::testing::IsOk;
using ::wardbook::testing::IsOkAndHolds;
using ::wardbook::testing::StatusIs;

absl::Status Check(const absl::Status& first, bool* went_on) {
  WARDBOOK_RETURN_IF_ERROR(first);
  *went_on = true;
  return absl::OkStatus();
}

absl::StatusOr<int> Sum(absl::StatusOr<int> first, absl::StatusOr<std::unique_ptr<int>> second) {
  WARDBOOK_ASSIGN_OR_RETURN(const int left, std::move(first));
  WARDBOOK_ASSIGN_OR_RETURN(const std::unique_ptr<int> right, std::move(second));
  return left + *right;
}

TEST(ReturnIfError, LeavesOnlyOnAnError) {
  bool went_on = false;
  EXPECT_THAT(Check(absl::AbortedError("why"), &went_on),
              StatusIs(absl::StatusCode::kAborted, Eq("why")));
  EXPECT_FALSE(went_on);
  EXPECT_THAT(Check(absl::OkStatus(), &went_on), IsOk());
  EXPECT_TRUE(went_on);
}

TEST(AssignOrReturn, TakesTheValueOrLeavesWithTheStatus) {
  EXPECT_THAT(Sum(1, std::make_unique<int>(2)), IsOkAndHolds(Eq(3)));
  EXPECT_THAT(Sum(absl::AbortedError("first"), std::make_unique<int>(2)),
              StatusIs(absl::StatusCode::kAborted, Eq("first")));
  EXPECT_THAT(Sum(1, absl::NotFoundError("second")),
              StatusIs(absl::StatusCode::kNotFound, Eq("second")));
}

}  // namespace
}  // namespace wardbook
