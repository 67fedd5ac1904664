// A log in memory whose end cannot be read in one school, as after a damaged
// last block.

#ifndef TESTS_TESTING_DAMAGED_LOG_H_
#define TESTS_TESTING_DAMAGED_LOG_H_

#include "absl/status/statusor.h"
#include "tests/testing/memory_event_log.h"

namespace wardbook::testing {

class DamagedLog : public MemoryEventLog {
 public:
  absl::StatusOr<storage::TreeHead> Head(const SchoolId& school) const override {
    if (school == damaged) return absl::DataLossError("the last record is damaged");
    return MemoryEventLog::Head(school);
  }

  SchoolId damaged;
};

}  // namespace wardbook::testing

#endif  // TESTS_TESTING_DAMAGED_LOG_H_
