// Threads for work that may wait: password hashes, syncs, reading files. gRPC's
// own threads never do.

#ifndef SERVICES_RUNTIME_WORKER_POOL_H_
#define SERVICES_RUNTIME_WORKER_POOL_H_

#include <deque>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/synchronization/mutex.h"

namespace wardbook::runtime {

// Safe for concurrent use. The queue has no bound of its own, so that no call is
// refused half-way: who calls is counted instead (call_count.h).
class WorkerPool {
 public:
  explicit WorkerPool(int threads);
  // Runs all that was scheduled, then ends.
  ~WorkerPool();

  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  void Schedule(absl::AnyInvocable<void()> work);

 private:
  void Run();

  absl::Mutex mutex_;
  std::deque<absl::AnyInvocable<void()>> queue_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_WORKER_POOL_H_
