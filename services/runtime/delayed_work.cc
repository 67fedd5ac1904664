#include "services/runtime/delayed_work.h"

#include <chrono>
#include <utility>

namespace wardbook::runtime {

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
      if (placed == waiting_.begin()) changed_.SignalAll();
      return;
    }
  }
  workers_.Schedule(std::move(work));
}

void DelayedWork::Hurry() {
  absl::MutexLock lock(&mutex_);
  hurries_ = true;
  changed_.SignalAll();
}

void DelayedWork::Run() {
  absl::MutexLock lock(&mutex_);
  for (;;) {
    const Moment now = std::chrono::steady_clock::now();
    while (!waiting_.empty() && (hurries_ || waiting_.begin()->first <= now)) {
      workers_.Schedule(std::move(waiting_.extract(waiting_.begin()).mapped()));
    }
    if (hurries_) return;
    changed_.WaitUntil(mutex_, waiting_.empty() ? Moment::max() : waiting_.begin()->first);
  }
}

}  // namespace wardbook::runtime
