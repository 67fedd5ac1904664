#include "storage/evidence/hashers.h"

#include <memory>
#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::evidence {
namespace {

TEST(Hashers, RunWorkBesideWhoeverHasIt) {
  Hashers hashers(1);
  absl::Notification ran;
  Hashers::Work work(hashers, [&] { ran.Notify(); });
  // Nobody else would.
  ran.WaitForNotification();
  work.Join();
}

TEST(Hashers, WorkThatNobodyHasBegunIsDoneByItsOwner) {
  Hashers hashers(1);
  absl::Notification begun;
  absl::Notification end;
  Hashers::Work busy(hashers, [&] {
    begun.Notify();
    end.WaitForNotification();
  });
  begun.WaitForNotification();
  std::thread::id ran_on;
  Hashers::Work work(hashers, [&] { ran_on = std::this_thread::get_id(); });
  work.Join();
  EXPECT_EQ(ran_on, std::this_thread::get_id());
  end.Notify();
}

TEST(Hashers, WorkIsDoneOnceHoweverOftenItIsJoined) {
  constexpr int kWorks = 1000;
  std::vector<int> runs(kWorks, 0);
  Hashers hashers(2);
  for (int& count : runs) {
    Hashers::Work work(hashers, [&count] { ++count; });
    work.Join();
    EXPECT_EQ(count, 1);
    work.Join();
  }
  EXPECT_THAT(runs, ::testing::Each(1));
}

TEST(Hashers, WorkIsDoneWhenItIsGone) {
  Hashers hashers(1);
  bool ran = false;
  {
    const Hashers::Work work(hashers, [&] { ran = true; });
  }
  EXPECT_TRUE(ran);
}

}  // namespace
}  // namespace wardbook::evidence
