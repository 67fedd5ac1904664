#include "services/runtime/call_count.h"

#include <optional>
#include <utility>

#include "gtest/gtest.h"
#include "services/runtime/refusal.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::runtime {
namespace {

TEST(CallCount, HasSoManyPlacesAndNoMore) {
  CallCount count(2);
  ASSERT_OK_AND_ASSIGN(const CallPlace first, count.Enter());
  std::optional<CallPlace> second = count.Enter().value();
  EXPECT_TRUE(IsRefusal(count.Enter().status(), kernel::Reason::kServerBusy));
  second.reset();
  EXPECT_TRUE(count.Enter().ok());
}

TEST(CallCount, APlaceThatMovesIsGivenBackOnce) {
  CallCount count(1);
  {
    CallPlace place = count.Enter().value();
    CallPlace moved = std::move(place);
    EXPECT_FALSE(count.Enter().ok());
    moved = CallPlace();
    EXPECT_TRUE(count.Enter().ok());
  }
  ASSERT_OK_AND_ASSIGN(const CallPlace last, count.Enter());
  EXPECT_FALSE(count.Enter().ok());
}

}  // namespace
}  // namespace wardbook::runtime
