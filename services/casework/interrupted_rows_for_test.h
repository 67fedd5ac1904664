// Rows of a view that somebody changes while they are read.

#ifndef SERVICES_CASEWORK_INTERRUPTED_ROWS_FOR_TEST_H_
#define SERVICES_CASEWORK_INTERRUPTED_ROWS_FOR_TEST_H_

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "tests/testing/memory_key_value.h"

namespace wardbook::casework {

// Safe for concurrent use.
class InterruptedRows : public testing::MemoryKeyValue {
 public:
  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const override {
    Interrupt(before_next_get_);
    return MemoryKeyValue::Get(key);
  }
  absl::Status Scan(absl::string_view start, absl::string_view end,
                    const std::function<bool(absl::string_view key, absl::string_view value)>&
                        visit) const override {
    Interrupt(before_next_scan_);
    return MemoryKeyValue::Scan(start, end, visit);
  }

  // What happens right before the next row is looked up, once.
  void BeforeNextGet(std::function<void()> interruption) {
    absl::MutexLock lock(&mutex_);
    before_next_get_ = std::move(interruption);
  }
  // The same of the next rows that are read one after the other.
  void BeforeNextScan(std::function<void()> interruption) {
    absl::MutexLock lock(&mutex_);
    before_next_scan_ = std::move(interruption);
  }

 private:
  void Interrupt(std::function<void()>& before) const ABSL_LOCKS_EXCLUDED(mutex_) {
    std::function<void()> interruption;
    {
      absl::MutexLock lock(&mutex_);
      interruption = std::exchange(before, nullptr);
    }
    if (interruption) interruption();
  }

  mutable absl::Mutex mutex_;
  // Taken under the mutex.
  mutable std::function<void()> before_next_get_;
  mutable std::function<void()> before_next_scan_;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_INTERRUPTED_ROWS_FOR_TEST_H_
