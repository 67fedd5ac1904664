// Something that all clients share, such as places or memory: so much of it is there for
// all, and no more than a part of that for one address.

#ifndef SERVICES_GATEWAY_QUOTA_H_
#define SERVICES_GATEWAY_QUOTA_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"

namespace wardbook::gateway {

// Safe for concurrent use.
class Quota {
 public:
  // What one holder has taken, given back when it goes; moves. The quota outlives it.
  class Share {
   public:
    // `network` is what the holder's address is counted under.
    Share(Quota& quota, std::string network) : quota_(quota), network_(std::move(network)) {}
    Share(Share&& other) noexcept
        : quota_(other.quota_),
          network_(std::move(other.network_)),
          taken_(std::exchange(other.taken_, 0)) {}
    Share& operator=(Share&&) = delete;
    ~Share() {
      if (taken_ != 0) quota_.GiveBack(network_, taken_);
    }

    // Whether there was so much left, for all and for this address.
    [[nodiscard]] bool Take(int64_t amount) {
      if (!quota_.Take(network_, amount)) return false;
      taken_ += amount;
      return true;
    }

   private:
    Quota& quota_;
    std::string network_;
    int64_t taken_ = 0;
  };

  Quota(int64_t all_max, int64_t per_address_max)
      : all_max_(all_max), per_address_max_(per_address_max) {}

  int64_t taken() const ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    return taken_;
  }

 private:
  bool Take(const std::string& network, int64_t amount) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    const auto found = by_network_.find(network);
    const int64_t before = found == by_network_.end() ? 0 : found->second;
    if (taken_ + amount > all_max_ || before + amount > per_address_max_) return false;
    by_network_[network] = before + amount;
    taken_ += amount;
    return true;
  }

  void GiveBack(const std::string& network, int64_t amount) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    taken_ -= amount;
    const auto found = by_network_.find(network);
    found->second -= amount;
    if (found->second == 0) by_network_.erase(found);
  }

  const int64_t all_max_;
  const int64_t per_address_max_;

  mutable absl::Mutex mutex_;
  int64_t taken_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::flat_hash_map<std::string, int64_t> by_network_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_QUOTA_H_
