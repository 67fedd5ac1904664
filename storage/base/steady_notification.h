// Something that happens once, such as the end of what runs in the background.

#ifndef STORAGE_BASE_STEADY_NOTIFICATION_H_
#define STORAGE_BASE_STEADY_NOTIFICATION_H_

#include <chrono>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "storage/base/steady_cond_var.h"

namespace wardbook {

// As absl::Notification, but waited for by a clock that nobody sets
// (storage/base/steady_cond_var.h). Safe for concurrent use.
class SteadyNotification {
 public:
  SteadyNotification() = default;

  SteadyNotification(const SteadyNotification&) = delete;
  SteadyNotification& operator=(const SteadyNotification&) = delete;

  // Wakes all who wait, and whoever comes to wait does not.
  void Notify() ABSL_LOCKS_EXCLUDED(mutex_);
  bool HasBeenNotified() const ABSL_LOCKS_EXCLUDED(mutex_);

  // Returns true as soon as it is notified, and false when it was not within `time`.
  bool WaitFor(std::chrono::nanoseconds time) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  mutable absl::Mutex mutex_;
  bool notified_ ABSL_GUARDED_BY(mutex_) = false;
  SteadyCondVar changed_;
};

}  // namespace wardbook

#endif  // STORAGE_BASE_STEADY_NOTIFICATION_H_
