// The connections there are, of all and of each address.

#ifndef SERVICES_GATEWAY_CONNECTION_COUNT_H_
#define SERVICES_GATEWAY_CONNECTION_COUNT_H_

#include <optional>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"

namespace wardbook::gateway {

// Safe for concurrent use.
class ConnectionCount {
 public:
  // A connection that is counted for as long as this lives; moves. The count outlives it.
  class Place {
   public:
    Place(ConnectionCount& count, std::string address)
        : count_(&count), address_(std::move(address)) {}
    Place(Place&& other) noexcept
        : count_(std::exchange(other.count_, nullptr)), address_(std::move(other.address_)) {}
    Place& operator=(Place&&) = delete;
    ~Place() {
      if (count_ != nullptr) count_->Leave(address_);
    }

   private:
    ConnectionCount* count_;
    std::string address_;
  };

  ConnectionCount(int all_max, int per_address_max)
      : all_max_(all_max), per_address_max_(per_address_max) {}

  // Nothing when there are too many.
  std::optional<Place> Enter(const std::string& address) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    if (all_ >= all_max_) return std::nullopt;
    int& of_address = by_address_[address];
    if (of_address >= per_address_max_) return std::nullopt;
    ++of_address;
    ++all_;
    return Place(*this, address);
  }

  int all() const ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    return all_;
  }

 private:
  void Leave(const std::string& address) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    --all_;
    const auto found = by_address_.find(address);
    if (--found->second == 0) by_address_.erase(found);
  }

  const int all_max_;
  const int per_address_max_;

  mutable absl::Mutex mutex_;
  int all_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::flat_hash_map<std::string, int> by_address_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_CONNECTION_COUNT_H_
