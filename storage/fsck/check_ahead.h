// Checking the parts of a log on several threads, and taking them in order.

#ifndef STORAGE_FSCK_CHECK_AHEAD_H_
#define STORAGE_FSCK_CHECK_AHEAD_H_

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "storage/base/ids.h"
#include "storage/base/steady_cond_var.h"
#include "storage/fsck/record_check.h"
#include "storage/log_rows.h"

namespace wardbook::fsck {

// The records at [from, to).
struct Part {
  uint64_t from = 0;
  uint64_t to = 0;
};

// Used by one thread.
class CheckAhead {
 public:
  // The parameters but `parts` outlive it. Takes as many threads as the options say.
  CheckAhead(const storage::LogRows& rows, const SchoolId& school, const CheckOptions& options,
             std::vector<Part> parts);
  // Gives up the parts that were not taken, also those at work.
  ~CheckAhead();

  // Waits so long for the part that comes next; says whether it is checked. There is one.
  bool WaitForNext(std::chrono::nanoseconds time) ABSL_LOCKS_EXCLUDED(mutex_);

  // The part that comes next; fails as RecordCheck::Check does. There is one.
  absl::StatusOr<CheckedPart> Take() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Run(const storage::LogRows& rows, const SchoolId& school, const CheckOptions& options)
      ABSL_LOCKS_EXCLUDED(mutex_);
  bool MayBegin() const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  bool IsNextChecked() const ABSL_SHARED_LOCKS_REQUIRED(mutex_);

  const std::vector<Part> parts_;
  // How many parts may be begun and not taken.
  const size_t ahead_max_;

  absl::Mutex mutex_;
  size_t begun_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t taken_ ABSL_GUARDED_BY(mutex_) = 0;
  // Set under the mutex, for those who wait; whoever is at work looks without.
  std::atomic<bool> stopping_ = false;
  std::map<size_t, absl::StatusOr<CheckedPart>> checked_ ABSL_GUARDED_BY(mutex_);
  // Signalled for each.
  SteadyCondVar checked_more_;

  std::vector<std::thread> threads_;
};

}  // namespace wardbook::fsck

#endif  // STORAGE_FSCK_CHECK_AHEAD_H_
