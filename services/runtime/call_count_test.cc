#include "services/runtime/call_count.h"

#include <optional>
#include <utility>

#include "gtest/gtest.h"
#include "services/runtime/refusal.h"
#include "storage/crypto/random.h"
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

TEST(CallCount, OnePersonLeavesPlacesForTheOthers) {
  CallCount count(3, 2);
  const SchoolId school = crypto::RandomId<SchoolId>();
  const CallCount::Person ada(school, crypto::RandomId<PersonId>());
  const CallCount::Person bob(school, crypto::RandomId<PersonId>());
  ASSERT_OK_AND_ASSIGN(const CallPlace first, count.Enter(ada));
  std::optional<CallPlace> second = count.Enter(ada).value();
  EXPECT_TRUE(IsRefusal(count.Enter(ada).status(), kernel::Reason::kServerBusy));
  ASSERT_OK_AND_ASSIGN(const CallPlace third, count.Enter(bob));
  EXPECT_TRUE(IsRefusal(count.Enter(bob).status(), kernel::Reason::kServerBusy)) << "all taken";
  second.reset();
  EXPECT_TRUE(count.Enter(ada).ok());
  const CallCount::Person same_elsewhere(crypto::RandomId<SchoolId>(), ada.second);
  EXPECT_TRUE(count.Enter(same_elsewhere).ok());
}

}  // namespace
}  // namespace wardbook::runtime
