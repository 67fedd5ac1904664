// Lets pieces of work take turns: each begins when the one before has ended,
// which may be on another thread and long after its function has returned.

#ifndef SERVICES_PEOPLE_TURNS_H_
#define SERVICES_PEOPLE_TURNS_H_

#include <deque>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/synchronization/mutex.h"
#include "services/runtime/worker_pool.h"

namespace wardbook::people {

class Turn;

// Safe for concurrent use. Those who wait are calls, whose number is bounded.
class Turns {
 public:
  // `workers` outlives the turns.
  explicit Turns(runtime::WorkerPool& workers) : workers_(workers) {}

  Turns(const Turns&) = delete;
  Turns& operator=(const Turns&) = delete;

  // Runs `work` on a worker when it is its turn.
  void Take(absl::AnyInvocable<void(Turn) &&> work);

 private:
  friend class Turn;

  // Schedules the first that waits; there is one.
  void BeginNext();
  void EndOne();

  runtime::WorkerPool& workers_;
  absl::Mutex mutex_;
  bool taken_ ABSL_GUARDED_BY(mutex_) = false;
  std::deque<absl::AnyInvocable<void(Turn) &&>> waiting_ ABSL_GUARDED_BY(mutex_);
};

// A turn that somebody has; it ends when it is told to or destroyed. Whoever has
// it ends it before the call is answered, which the turns may not outlive.
// Thread-compatible.
class Turn {
 public:
  Turn(Turn&& other) noexcept : turns_(std::exchange(other.turns_, nullptr)) {}
  Turn& operator=(Turn&&) = delete;
  ~Turn() { End(); }

  void End() {
    if (Turns* const turns = std::exchange(turns_, nullptr)) turns->EndOne();
  }

 private:
  friend class Turns;
  explicit Turn(Turns& turns) : turns_(&turns) {}

  Turns* turns_;
};

}  // namespace wardbook::people

#endif  // SERVICES_PEOPLE_TURNS_H_
