// A KeyValue in memory, for tests: synchronous, and as durable as the process.

#ifndef TESTS_TESTING_MEMORY_KEY_VALUE_H_
#define TESTS_TESTING_MEMORY_KEY_VALUE_H_

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "storage/key_value.h"

namespace wardbook::testing {

// Safe for concurrent use.
class MemoryKeyValue : public storage::KeyValue {
 public:
  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const override;
  absl::Status Write(const storage::WriteSet& writes, storage::Durability durability) override;
  absl::Status Scan(absl::string_view start, absl::string_view end,
                    const std::function<bool(absl::string_view key, absl::string_view value)>&
                        visit) const override;
  absl::Status Purge(absl::string_view start, absl::string_view end) override;
  absl::Status Reclaim() override;
  absl::Status CheckBlocks() const override;

 private:
  mutable absl::Mutex mutex_;
  std::map<std::string, std::string, std::less<>> rows_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::testing

#endif  // TESTS_TESTING_MEMORY_KEY_VALUE_H_
