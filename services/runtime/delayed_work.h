// Work that is done at a later moment.

#ifndef SERVICES_RUNTIME_DELAYED_WORK_H_
#define SERVICES_RUNTIME_DELAYED_WORK_H_

#include <map>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/synchronization/mutex.h"
#include "services/runtime/worker_pool.h"
#include "storage/base/moment.h"
#include "storage/base/steady_cond_var.h"

namespace wardbook::runtime {

// Safe for concurrent use.
class DelayedWork {
 public:
  // The work is done by `workers`, which outlive it.
  explicit DelayedWork(WorkerPool& workers);
  // As after Hurry.
  ~DelayedWork();

  DelayedWork(const DelayedWork&) = delete;
  DelayedWork& operator=(const DelayedWork&) = delete;

  void ScheduleAt(Moment moment, absl::AnyInvocable<void()> work);

  // Waits for no moment from now on: all that waits is done at once.
  void Hurry();

 private:
  void Run();

  WorkerPool& workers_;
  absl::Mutex mutex_;
  bool hurries_ ABSL_GUARDED_BY(mutex_) = false;
  std::multimap<Moment, absl::AnyInvocable<void()>> waiting_ ABSL_GUARDED_BY(mutex_);
  // There is another first, or a hurry.
  SteadyCondVar changed_;
  // Last, so that it starts when all it uses is there.
  std::thread thread_;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_DELAYED_WORK_H_
