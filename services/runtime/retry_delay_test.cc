#include "services/runtime/retry_delay.h"

#include <chrono>
#include <limits>

#include "gtest/gtest.h"

namespace wardbook::runtime {
namespace {

TEST(RetryDelay, DoublesUpToItsMaximumAndNoFurther) {
  EXPECT_EQ(RetryDelay(1), std::chrono::seconds(1));
  EXPECT_EQ(RetryDelay(2), std::chrono::seconds(2));
  EXPECT_EQ(RetryDelay(5), std::chrono::seconds(16));
  EXPECT_EQ(RetryDelay(6), kRetryDelayMax);
  EXPECT_EQ(RetryDelay(std::numeric_limits<int>::max()), kRetryDelayMax);
}

}  // namespace
}  // namespace wardbook::runtime
