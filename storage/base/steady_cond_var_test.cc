#include "storage/base/steady_cond_var.h"

#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/moment.h"

namespace wardbook {
namespace {

using ::testing::Each;

constexpr std::chrono::milliseconds kShort(30);
// Nobody waits as long as this but a test that fails.
constexpr std::chrono::seconds kPatience(60);

class SteadyCondVarTest : public ::testing::Test {
 protected:
  // As a caller does: for as long as there is nothing.
  bool WaitForIt(Moment deadline) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    ++waiting_;
    waits_.SignalAll();
    while (!there_ && changed_.WaitUntil(mutex_, deadline)) ++woken_;
    return there_;
  }
  // Until so many have let go of the mutex to wait.
  void AwaitWaiting(int count) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    while (waiting_ < count && waits_.WaitUntil(mutex_, MomentIn(kPatience))) continue;
    EXPECT_EQ(waiting_, count);
  }

  absl::Mutex mutex_;
  SteadyCondVar changed_;
  SteadyCondVar waits_;
  bool there_ ABSL_GUARDED_BY(mutex_) = false;
  int waiting_ ABSL_GUARDED_BY(mutex_) = 0;
  int woken_ ABSL_GUARDED_BY(mutex_) = 0;
};

TEST_F(SteadyCondVarTest, WaitsUntilTheDeadlineAndNoShorter) {
  const Moment deadline = MomentIn(kShort);
  EXPECT_FALSE(WaitForIt(deadline));
  EXPECT_GE(std::chrono::steady_clock::now(), deadline);
}

TEST_F(SteadyCondVarTest, DoesNotWaitForADeadlineThatIsPast) {
  EXPECT_FALSE(WaitForIt(std::chrono::steady_clock::now()));
  EXPECT_FALSE(WaitForIt(Moment::min()));
}

TEST_F(SteadyCondVarTest, AllAreWokenByOneSignal) {
  constexpr int kWaiting = 4;
  std::vector<char> found(kWaiting, 0);
  std::vector<std::thread> threads;
  for (char& one : found) {
    // As far away as a moment can be, too.
    threads.emplace_back(
        [&] { one = WaitForIt(&one == &found[0] ? Moment::max() : MomentIn(kPatience)); });
  }
  AwaitWaiting(kWaiting);
  {
    absl::MutexLock lock(&mutex_);
    there_ = true;
    changed_.SignalAll();
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(found, Each(1));
}

TEST_F(SteadyCondVarTest, ASignalForNothingEndsNoWait) {
  bool found = false;
  std::thread thread([&] { found = WaitForIt(MomentIn(kPatience)); });
  AwaitWaiting(1);
  for (bool woken = false; !woken;) {
    changed_.SignalAll();
    absl::MutexLock lock(&mutex_);
    woken = woken_ > 0;
  }
  {
    absl::MutexLock lock(&mutex_);
    there_ = true;
    changed_.SignalAll();
  }
  thread.join();
  EXPECT_TRUE(found);
}

TEST_F(SteadyCondVarTest, NoSignalIsLostBetweenTheLookAndTheWait) {
  constexpr int kTurns = 2000;
  int turn = 0;
  const auto play = [&](int parity) {
    for (int i = 0; i < kTurns; ++i) {
      absl::MutexLock lock(&mutex_);
      while (turn % 2 != parity && changed_.WaitUntil(mutex_, MomentIn(kPatience))) continue;
      ASSERT_EQ(turn % 2, parity);
      ++turn;
      changed_.SignalAll();
    }
  };
  std::thread other([&] { play(1); });
  play(0);
  other.join();
  EXPECT_EQ(turn, 2 * kTurns);
}

TEST_F(SteadyCondVarTest, MayBeDestroyedByWhoeverWasWoken) {
  for (int i = 0; i < 200; ++i) {
    absl::Mutex mutex;
    bool there = false;
    auto changed = std::make_unique<SteadyCondVar>();
    std::thread thread([&] {
      absl::MutexLock lock(&mutex);
      there = true;
      changed->SignalAll();
    });
    {
      absl::MutexLock lock(&mutex);
      while (!there && changed->WaitUntil(mutex, MomentIn(kPatience))) continue;
      EXPECT_TRUE(there);
      changed.reset();
    }
    thread.join();
  }
}

}  // namespace
}  // namespace wardbook
