// Waits that end at a moment of a clock that nobody sets.
//
// Debian's Abseil waits for every timeout and deadline by the clock on the wall: where
// that is set back by an hour, a wait that has begun lasts an hour longer. So whatever
// must go on waits here until a moment, and by absl::Mutex and its relatives only for
// what has no deadline.

#ifndef STORAGE_BASE_STEADY_COND_VAR_H_
#define STORAGE_BASE_STEADY_COND_VAR_H_

#include <condition_variable>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "storage/base/moment.h"

namespace wardbook {

// A condition variable for absl::Mutex. Whoever changes what somebody waits for says so
// with SignalAll. Safe for concurrent use.
class SteadyCondVar {
 public:
  SteadyCondVar() = default;

  SteadyCondVar(const SteadyCondVar&) = delete;
  SteadyCondVar& operator=(const SteadyCondVar&) = delete;

  // Lets go of the mutex until there is a signal, or for no reason at all, and at the
  // most until `deadline`; false: that has come. It holds the mutex again when it
  // returns, so that what is waited for is looked at once more in both cases:
  //
  //   while (!found_ && found_or_lost_.WaitUntil(mutex_, deadline)) continue;
  bool WaitUntil(absl::Mutex& mutex, Moment deadline) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex);

  // Wakes all who wait. With the mutex held, whoever is woken may destroy this.
  void SignalAll();

 private:
  // The one of the standard library that takes any mutex, and waits by the clock of its
  // deadline.
  std::condition_variable_any signal_;
};

}  // namespace wardbook

#endif  // STORAGE_BASE_STEADY_COND_VAR_H_
