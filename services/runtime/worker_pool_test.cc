#include "services/runtime/worker_pool.h"

#include <atomic>
#include <vector>

#include "absl/synchronization/barrier.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::runtime {
namespace {

using ::testing::ElementsAre;

TEST(WorkerPool, OneThreadDoesTheWorkInOrder) {
  std::vector<int> done;
  {
    WorkerPool workers(1);
    for (int i = 0; i < 4; ++i) workers.Schedule([&done, i] { done.push_back(i); });
  }
  EXPECT_THAT(done, ElementsAre(0, 1, 2, 3));
}

TEST(WorkerPool, EveryThreadWorksAtTheSameTime) {
  constexpr int kThreads = 3;
  // Never passed by fewer.
  auto* barrier = new absl::Barrier(kThreads);
  WorkerPool workers(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    workers.Schedule([barrier] {
      if (barrier->Block()) delete barrier;
    });
  }
}

TEST(WorkerPool, EndsWhenAllThatWasScheduledIsDoneAlsoByTheWorkItself) {
  std::atomic<int> done = 0;
  {
    WorkerPool workers(2);
    absl::Notification begin;
    for (int i = 0; i < 8; ++i) {
      workers.Schedule([&] {
        begin.WaitForNotification();
        workers.Schedule([&done] { ++done; });
      });
    }
    begin.Notify();
  }
  EXPECT_EQ(done, 8);
}

}  // namespace
}  // namespace wardbook::runtime
