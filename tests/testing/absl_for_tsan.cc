// Tells the thread sanitizer what absl::Mutex and its relatives do.
//
// Debian's Abseil is not built for the sanitizer, which therefore sees no lock
// and takes everything that one guards for a race. The methods below come before
// those of the shared library; each calls the one that it hides and says what
// it did. Compiled into tests of the tsan preset only.

#include <sanitizer/tsan_interface.h>

#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/testing/hidden_function.h"

namespace absl {
ABSL_NAMESPACE_BEGIN
namespace {

using ::wardbook::testing::Hidden;

// Between its two calls the sanitizer looks away, as the library may evaluate
// the conditions of other threads then, which is safe under its own lock.
class Locking {
 public:
  Locking(Mutex* mutex, unsigned flags) : mutex_(mutex), flags_(flags) {
    __tsan_mutex_pre_lock(mutex_, flags_);
  }
  ~Locking() { __tsan_mutex_post_lock(mutex_, flags_, /*recursion=*/0); }

 private:
  Mutex* const mutex_;
  const unsigned flags_;
};

class Unlocking {
 public:
  Unlocking(Mutex* mutex, unsigned flags) : mutex_(mutex), flags_(flags) {
    __tsan_mutex_pre_unlock(mutex_, flags_);
  }
  ~Unlocking() { __tsan_mutex_post_unlock(mutex_, flags_); }

 private:
  Mutex* const mutex_;
  const unsigned flags_;
};

constexpr unsigned kWrite = 0;
constexpr unsigned kRead = __tsan_mutex_read_lock;

}  // namespace

// A mutex that comes to be at the same address is another one.
Mutex::~Mutex() {
  static auto* const hidden = Hidden<void(Mutex*)>("_ZN4absl7debian35MutexD1Ev");
  __tsan_mutex_destroy(this, 0);
  hidden(this);
}

bool Mutex::TryLock() {
  static auto* const hidden = Hidden<bool(Mutex*)>("_ZN4absl7debian35Mutex7TryLockEv");
  __tsan_mutex_pre_lock(this, __tsan_mutex_try_lock);
  const bool locked = hidden(this);
  __tsan_mutex_post_lock(this, __tsan_mutex_try_lock | (locked ? 0 : __tsan_mutex_try_lock_failed),
                         /*recursion=*/0);
  return locked;
}

void Mutex::Lock() {
  static auto* const hidden = Hidden<void(Mutex*)>("_ZN4absl7debian35Mutex4LockEv");
  const Locking locking(this, kWrite);
  hidden(this);
}

void Mutex::Unlock() {
  static auto* const hidden = Hidden<void(Mutex*)>("_ZN4absl7debian35Mutex6UnlockEv");
  const Unlocking unlocking(this, kWrite);
  hidden(this);
}

void Mutex::ReaderLock() {
  static auto* const hidden = Hidden<void(Mutex*)>("_ZN4absl7debian35Mutex10ReaderLockEv");
  const Locking locking(this, kRead);
  hidden(this);
}

void Mutex::ReaderUnlock() {
  static auto* const hidden = Hidden<void(Mutex*)>("_ZN4absl7debian35Mutex12ReaderUnlockEv");
  const Unlocking unlocking(this, kRead);
  hidden(this);
}

void Mutex::Await(const Condition& condition) {
  static auto* const hidden =
      Hidden<void(Mutex*, const Condition&)>("_ZN4absl7debian35Mutex5AwaitERKNS0_9ConditionE");
  if (condition.Eval()) return;
  { const Unlocking unlocking(this, kWrite); }
  const Locking locking(this, kWrite);
  hidden(this, condition);
}

bool Mutex::AwaitWithTimeout(const Condition& condition, Duration timeout) {
  return AwaitWithDeadline(condition, Now() + timeout);
}

bool Mutex::AwaitWithDeadline(const Condition& condition, Time deadline) {
  static auto* const hidden = Hidden<bool(Mutex*, const Condition&, Time)>(
      "_ZN4absl7debian35Mutex17AwaitWithDeadlineERKNS0_9ConditionENS0_4TimeE");
  if (condition.Eval()) return true;
  { const Unlocking unlocking(this, kWrite); }
  const Locking locking(this, kWrite);
  return hidden(this, condition, deadline);
}

void Mutex::LockWhen(const Condition& condition) {
  static auto* const hidden =
      Hidden<void(Mutex*, const Condition&)>("_ZN4absl7debian35Mutex8LockWhenERKNS0_9ConditionE");
  const Locking locking(this, kWrite);
  hidden(this, condition);
}

bool Mutex::LockWhenWithTimeout(const Condition& condition, Duration timeout) {
  static auto* const hidden = Hidden<bool(Mutex*, const Condition&, Duration)>(
      "_ZN4absl7debian35Mutex19LockWhenWithTimeoutERKNS0_9ConditionENS0_8DurationE");
  const Locking locking(this, kWrite);
  return hidden(this, condition, timeout);
}

void CondVar::Wait(Mutex* mutex) {
  static auto* const hidden =
      Hidden<void(CondVar*, Mutex*)>("_ZN4absl7debian37CondVar4WaitEPNS0_5MutexE");
  { const Unlocking unlocking(mutex, kWrite); }
  const Locking locking(mutex, kWrite);
  hidden(this, mutex);
}

bool CondVar::WaitWithTimeout(Mutex* mutex, Duration timeout) {
  return WaitWithDeadline(mutex, Now() + timeout);
}

bool CondVar::WaitWithDeadline(Mutex* mutex, Time deadline) {
  static auto* const hidden = Hidden<bool(CondVar*, Mutex*, Time)>(
      "_ZN4absl7debian37CondVar16WaitWithDeadlineEPNS0_5MutexENS0_4TimeE");
  { const Unlocking unlocking(mutex, kWrite); }
  const Locking locking(mutex, kWrite);
  return hidden(this, mutex, deadline);
}

// What came before it happens before whatever its waiters do; the object may be
// gone when the hidden function returns.
void Notification::Notify() {
  static auto* const hidden =
      Hidden<void(Notification*)>("_ZN4absl7debian312Notification6NotifyEv");
  __tsan_release(this);
  hidden(this);
}

void Notification::WaitForNotification() const {
  static auto* const hidden =
      Hidden<void(const Notification*)>("_ZNK4absl7debian312Notification19WaitForNotificationEv");
  hidden(this);
  __tsan_acquire(const_cast<Notification*>(this));
}

bool Notification::WaitForNotificationWithTimeout(Duration timeout) const {
  static auto* const hidden = Hidden<bool(const Notification*, Duration)>(
      "_ZNK4absl7debian312Notification30WaitForNotificationWithTimeoutENS0_8DurationE");
  const bool notified = hidden(this, timeout);
  if (notified) __tsan_acquire(const_cast<Notification*>(this));
  return notified;
}

bool BlockingCounter::DecrementCount() {
  static auto* const hidden =
      Hidden<bool(BlockingCounter*)>("_ZN4absl7debian315BlockingCounter14DecrementCountEv");
  __tsan_release(this);
  return hidden(this);
}

void BlockingCounter::Wait() {
  static auto* const hidden =
      Hidden<void(BlockingCounter*)>("_ZN4absl7debian315BlockingCounter4WaitEv");
  hidden(this);
  __tsan_acquire(this);
}

ABSL_NAMESPACE_END
}  // namespace absl
