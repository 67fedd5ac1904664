#include "storage/base/steady_cond_var.h"

namespace wardbook {
namespace {

// What the standard library calls a lock. Its caller holds the mutex before and after, so
// that there is nothing to be checked between.
class Relocked {
 public:
  explicit Relocked(absl::Mutex& mutex) : mutex_(mutex) {}

  void lock() ABSL_NO_THREAD_SAFETY_ANALYSIS { mutex_.Lock(); }
  void unlock() ABSL_NO_THREAD_SAFETY_ANALYSIS { mutex_.Unlock(); }

 private:
  absl::Mutex& mutex_;
};

}  // namespace

bool SteadyCondVar::WaitUntil(absl::Mutex& mutex, Moment deadline) {
  Relocked relocked(mutex);
  return signal_.wait_until(relocked, deadline) == std::cv_status::no_timeout;
}

void SteadyCondVar::SignalAll() { signal_.notify_all(); }

}  // namespace wardbook
