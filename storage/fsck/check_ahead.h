// Checking the parts of a log on several threads, and taking them in order.

#ifndef STORAGE_FSCK_CHECK_AHEAD_H_
#define STORAGE_FSCK_CHECK_AHEAD_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "storage/base/ids.h"
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
  // The parameters but `parts` outlive it.
  CheckAhead(const storage::LogRows& rows, const SchoolId& school, const KeyFinder& find_key,
             std::vector<Part> parts, int threads);
  // Gives up the parts that were not taken.
  ~CheckAhead();

  // The part that comes next; fails as RecordCheck::Check does. There is one.
  absl::StatusOr<CheckedPart> Take() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Run(const storage::LogRows& rows, const SchoolId& school, const KeyFinder& find_key)
      ABSL_LOCKS_EXCLUDED(mutex_);
  bool MayBegin() const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  bool IsNextChecked() const ABSL_SHARED_LOCKS_REQUIRED(mutex_);

  const std::vector<Part> parts_;
  // How many parts may be begun and not taken.
  const size_t ahead_max_;

  absl::Mutex mutex_;
  size_t begun_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t taken_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::map<size_t, absl::StatusOr<CheckedPart>> checked_ ABSL_GUARDED_BY(mutex_);

  std::vector<std::thread> threads_;
};

}  // namespace wardbook::fsck

#endif  // STORAGE_FSCK_CHECK_AHEAD_H_
