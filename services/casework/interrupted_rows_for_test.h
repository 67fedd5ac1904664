// Rows of a view that somebody changes while they are read.

#ifndef SERVICES_CASEWORK_INTERRUPTED_ROWS_FOR_TEST_H_
#define SERVICES_CASEWORK_INTERRUPTED_ROWS_FOR_TEST_H_

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "tests/testing/memory_key_value.h"

namespace wardbook::casework {

// Safe for concurrent use.
class InterruptedRows : public testing::MemoryKeyValue {
 public:
  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const override {
    std::function<void()> interruption;
    {
      absl::MutexLock lock(&mutex_);
      interruption = std::exchange(before_next_get_, nullptr);
    }
    if (interruption) interruption();
    return MemoryKeyValue::Get(key);
  }

  // What happens right before the next row is looked up, once.
  void BeforeNextGet(std::function<void()> interruption) {
    absl::MutexLock lock(&mutex_);
    before_next_get_ = std::move(interruption);
  }

 private:
  mutable absl::Mutex mutex_;
  mutable std::function<void()> before_next_get_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_INTERRUPTED_ROWS_FOR_TEST_H_
