#include "storage/base/steady_notification.h"

#include <chrono>
#include <thread>

#include "gtest/gtest.h"

namespace wardbook {
namespace {

constexpr std::chrono::milliseconds kShort(30);
// Nobody waits as long as this but a test that fails.
constexpr std::chrono::seconds kPatience(60);

TEST(SteadyNotification, IsWaitedForUntilTheTimeIsOver) {
  SteadyNotification notification;
  const auto began = std::chrono::steady_clock::now();
  EXPECT_FALSE(notification.WaitFor(kShort));
  EXPECT_GE(std::chrono::steady_clock::now() - began, kShort);
  EXPECT_FALSE(notification.HasBeenNotified());
}

TEST(SteadyNotification, IsThereForWhoeverComesLater) {
  SteadyNotification notification;
  notification.Notify();
  EXPECT_TRUE(notification.HasBeenNotified());
  EXPECT_TRUE(notification.WaitFor(std::chrono::nanoseconds::zero()));
  EXPECT_TRUE(notification.WaitFor(kPatience));
}

// In some turns it comes before the wait and in others during it.
TEST(SteadyNotification, EndsTheWaitWheneverItComes) {
  for (int i = 0; i < 500; ++i) {
    SteadyNotification notification;
    const auto began = std::chrono::steady_clock::now();
    std::thread thread([&] { notification.Notify(); });
    EXPECT_TRUE(notification.WaitFor(kPatience));
    EXPECT_LT(std::chrono::steady_clock::now() - began, kPatience);
    thread.join();
  }
}

}  // namespace
}  // namespace wardbook
