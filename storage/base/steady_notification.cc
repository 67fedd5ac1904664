#include "storage/base/steady_notification.h"

#include "storage/base/moment.h"

namespace wardbook {

void SteadyNotification::Notify() {
  absl::MutexLock lock(&mutex_);
  notified_ = true;
  changed_.SignalAll();
}

bool SteadyNotification::HasBeenNotified() const {
  absl::MutexLock lock(&mutex_);
  return notified_;
}

bool SteadyNotification::WaitFor(std::chrono::nanoseconds time) {
  const Moment deadline = MomentIn(time);
  absl::MutexLock lock(&mutex_);
  while (!notified_ && changed_.WaitUntil(mutex_, deadline)) continue;
  return notified_;
}

}  // namespace wardbook
