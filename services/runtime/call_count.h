// How many calls are under way, of all and of each person, and no more than so many.

#ifndef SERVICES_RUNTIME_CALL_COUNT_H_
#define SERVICES_RUNTIME_CALL_COUNT_H_

#include <limits>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "storage/base/ids.h"

namespace wardbook::runtime {

class CallPlace;

// Safe for concurrent use.
class CallCount {
 public:
  using Person = std::pair<SchoolId, PersonId>;

  explicit CallCount(int calls_max, int of_person_max = std::numeric_limits<int>::max())
      : calls_max_(calls_max), of_person_max_(of_person_max) {}

  CallCount(const CallCount&) = delete;
  CallCount& operator=(const CallCount&) = delete;

  // A place for one more call, of nobody who is known or of this person, which is
  // free again when it is destroyed. A refusal for kServerBusy when all are taken,
  // or all that one person may have.
  absl::StatusOr<CallPlace> Enter(const std::optional<Person>& person = std::nullopt)
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  friend class CallPlace;
  void Leave(const std::optional<Person>& person) ABSL_LOCKS_EXCLUDED(mutex_);

  const int calls_max_;
  const int of_person_max_;

  absl::Mutex mutex_;
  int calls_ ABSL_GUARDED_BY(mutex_) = 0;
  // Only those who have a call under way.
  absl::flat_hash_map<Person, int> of_person_ ABSL_GUARDED_BY(mutex_);
};

// A place in a CallCount, which outlives it; or none. Thread-compatible.
class CallPlace {
 public:
  CallPlace() = default;
  CallPlace(CallPlace&& other) noexcept
      : count_(std::exchange(other.count_, nullptr)), person_(other.person_) {}
  CallPlace& operator=(CallPlace&& other) noexcept {
    std::swap(count_, other.count_);
    std::swap(person_, other.person_);
    return *this;
  }
  ~CallPlace() {
    if (count_ != nullptr) count_->Leave(person_);
  }

 private:
  friend class CallCount;
  CallPlace(CallCount& count, const std::optional<CallCount::Person>& person)
      : count_(&count), person_(person) {}

  CallCount* count_ = nullptr;
  std::optional<CallCount::Person> person_;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_CALL_COUNT_H_
