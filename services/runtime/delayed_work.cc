#include "services/runtime/delayed_work.h"

#include <algorithm>
#include <utility>

#include "absl/time/time.h"

namespace wardbook::runtime {

namespace {

// A wait of the library's ends by the clock on the wall, which may be set meanwhile.
constexpr absl::Duration kLookEvery = absl::Seconds(5);

}  // namespace

DelayedWork::DelayedWork(WorkerPool& workers) : workers_(workers), thread_([this] { Run(); }) {}

DelayedWork::~DelayedWork() {
  Hurry();
  thread_.join();
}

void DelayedWork::ScheduleAt(Moment moment, absl::AnyInvocable<void()> work) {
  {
    absl::MutexLock lock(&mutex_);
    if (!hurries_) {
      const auto placed = waiting_.emplace(moment, std::move(work));
      has_new_first_ = has_new_first_ || placed == waiting_.begin();
      return;
    }
  }
  workers_.Schedule(std::move(work));
}

void DelayedWork::Hurry() {
  absl::MutexLock lock(&mutex_);
  hurries_ = true;
}

void DelayedWork::Run() {
  absl::MutexLock lock(&mutex_);
  const auto is_woken = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return hurries_ || has_new_first_;
  };
  for (;;) {
    const Moment now = std::chrono::steady_clock::now();
    while (!waiting_.empty() && (hurries_ || waiting_.begin()->first <= now)) {
      workers_.Schedule(std::move(waiting_.extract(waiting_.begin()).mapped()));
    }
    if (hurries_) return;
    has_new_first_ = false;
    const absl::Duration rest =
        waiting_.empty() ? kLookEvery : absl::FromChrono(waiting_.begin()->first - now);
    mutex_.AwaitWithTimeout(absl::Condition(&is_woken), std::min(rest, kLookEvery));
  }
}

}  // namespace wardbook::runtime
