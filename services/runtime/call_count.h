// How many calls are under way, and no more than so many.

#ifndef SERVICES_RUNTIME_CALL_COUNT_H_
#define SERVICES_RUNTIME_CALL_COUNT_H_

#include <atomic>
#include <utility>

#include "absl/status/statusor.h"

namespace wardbook::runtime {

class CallPlace;

// Safe for concurrent use.
class CallCount {
 public:
  explicit CallCount(int calls_max) : calls_max_(calls_max) {}

  CallCount(const CallCount&) = delete;
  CallCount& operator=(const CallCount&) = delete;

  // A place for one more call, which is free again when it is destroyed. A
  // refusal for kServerBusy when all are taken.
  absl::StatusOr<CallPlace> Enter();

 private:
  friend class CallPlace;

  const int calls_max_;
  std::atomic<int> calls_ = 0;
};

// A place in a CallCount, which outlives it; or none. Thread-compatible.
class CallPlace {
 public:
  CallPlace() = default;
  CallPlace(CallPlace&& other) noexcept : count_(std::exchange(other.count_, nullptr)) {}
  CallPlace& operator=(CallPlace&& other) noexcept {
    std::swap(count_, other.count_);
    return *this;
  }
  ~CallPlace() {
    if (count_ != nullptr) count_->calls_.fetch_sub(1);
  }

 private:
  friend class CallCount;
  explicit CallPlace(CallCount& count) : count_(&count) {}

  CallCount* count_ = nullptr;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_CALL_COUNT_H_
