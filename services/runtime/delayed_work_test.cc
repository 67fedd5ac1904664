#include "services/runtime/delayed_work.h"

#include <chrono>
#include <vector>

#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::runtime {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class DelayedWorkTest : public ::testing::Test {
 protected:
  // Notes its number when it is done.
  void Schedule(DelayedWork& delayed, std::chrono::milliseconds in, int number,
                absl::BlockingCounter* done = nullptr) {
    delayed.ScheduleAt(std::chrono::steady_clock::now() + in, [this, number, done] {
      {
        absl::MutexLock lock(&mutex_);
        order_.push_back(number);
      }
      if (done != nullptr) done->DecrementCount();
    });
  }
  std::vector<int> Order() {
    absl::MutexLock lock(&mutex_);
    return order_;
  }

  absl::Mutex mutex_;
  std::vector<int> order_ ABSL_GUARDED_BY(mutex_);
};

TEST_F(DelayedWorkTest, IsDoneWhenItsMomentHasCome) {
  WorkerPool workers(/*threads=*/1);
  DelayedWork delayed(workers);
  absl::BlockingCounter done(1);
  const auto began = std::chrono::steady_clock::now();
  Schedule(delayed, std::chrono::hours(1), 2);
  Schedule(delayed, std::chrono::milliseconds(30), 1, &done);
  done.Wait();
  EXPECT_GE(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(30));
  EXPECT_THAT(Order(), ElementsAre(1));
}

TEST_F(DelayedWorkTest, KeepsTheOrderOfItsMoments) {
  WorkerPool workers(/*threads=*/1);
  DelayedWork delayed(workers);
  absl::BlockingCounter done(3);
  Schedule(delayed, std::chrono::hours(3), 3, &done);
  Schedule(delayed, std::chrono::hours(1), 1, &done);
  Schedule(delayed, std::chrono::hours(2), 2, &done);
  delayed.Hurry();
  done.Wait();
  EXPECT_THAT(Order(), ElementsAre(1, 2, 3));
}

TEST_F(DelayedWorkTest, IsAllDoneAtOnceInAHurry) {
  WorkerPool workers(/*threads=*/2);
  DelayedWork delayed(workers);
  absl::BlockingCounter done(3);
  for (const int number : {1, 2}) Schedule(delayed, std::chrono::hours(1), number, &done);
  EXPECT_THAT(Order(), IsEmpty());
  delayed.Hurry();
  Schedule(delayed, std::chrono::hours(1), 3, &done);
  done.Wait();
  EXPECT_THAT(Order(), UnorderedElementsAre(1, 2, 3));
}

TEST_F(DelayedWorkTest, IsNotLostWhenItEnds) {
  {
    WorkerPool workers(/*threads=*/1);
    DelayedWork delayed(workers);
    Schedule(delayed, std::chrono::hours(1), 1);
  }
  EXPECT_THAT(Order(), ElementsAre(1));
}

}  // namespace
}  // namespace wardbook::runtime
