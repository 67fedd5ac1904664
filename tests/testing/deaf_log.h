// A log in memory that is written to and, while it is deaf, not read.

#ifndef TESTS_TESTING_DEAF_LOG_H_
#define TESTS_TESTING_DEAF_LOG_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/base/ids.h"
#include "storage/event_log.h"
#include "tests/testing/memory_event_log.h"

namespace wardbook::testing {

// Safe for concurrent use.
class DeafLog : public MemoryEventLog {
 public:
  absl::StatusOr<std::vector<storage::StoredRecord>> ReadStream(const SchoolId& school,
                                                                absl::string_view stream,
                                                                uint64_t from_revision,
                                                                size_t limit) const override {
    return Heard(MemoryEventLog::ReadStream(school, stream, from_revision, limit));
  }
  absl::StatusOr<std::vector<storage::StoredRecord>> ReadLog(const SchoolId& school,
                                                             uint64_t from_position,
                                                             size_t limit) const override {
    return Heard(MemoryEventLog::ReadLog(school, from_position, limit));
  }

  std::atomic<bool> deaf = false;

 private:
  // Where there is no record none has to be read.
  absl::StatusOr<std::vector<storage::StoredRecord>> Heard(
      absl::StatusOr<std::vector<storage::StoredRecord>> records) const {
    if (deaf && records.ok() && !records->empty()) {
      return absl::UnavailableError("the disk does not answer");
    }
    return records;
  }
};

}  // namespace wardbook::testing

#endif  // TESTS_TESTING_DEAF_LOG_H_
