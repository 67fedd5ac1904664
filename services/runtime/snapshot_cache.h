// The states of the streams that were used last, so that a command on a busy
// case reads nothing.

#ifndef SERVICES_RUNTIME_SNAPSHOT_CACHE_H_
#define SERVICES_RUNTIME_SNAPSHOT_CACHE_H_

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "storage/base/ids.h"

namespace wardbook::runtime {

// A state is a few kilobytes at the most, so that all of them stay well under
// the memory that an idle server may use.
inline constexpr size_t kSnapshotsMax = 8192;

// Safe for concurrent use.
template <class Snapshot>
class SnapshotCache {
 public:
  std::shared_ptr<const Snapshot> Find(const SchoolId& school, const std::string& stream) {
    absl::MutexLock lock(&mutex_);
    auto found = entries_.find(Key(school, stream));
    if (found == entries_.end()) return nullptr;
    uses_.splice(uses_.begin(), uses_, found->second.use);
    return found->second.snapshot;
  }

  // Keeps the snapshot unless a newer one is there.
  void Put(const SchoolId& school, const std::string& stream,
           std::shared_ptr<const Snapshot> snapshot, uint64_t revision) {
    absl::MutexLock lock(&mutex_);
    Key key(school, stream);
    auto found = entries_.find(key);
    if (found != entries_.end()) {
      if (found->second.revision < revision) {
        found->second.snapshot = std::move(snapshot);
        found->second.revision = revision;
      }
      return;
    }
    uses_.push_front(key);
    entries_.emplace(std::move(key), Entry{std::move(snapshot), revision, uses_.begin()});
    if (entries_.size() > kSnapshotsMax) {
      entries_.erase(uses_.back());
      uses_.pop_back();
    }
  }

 private:
  using Key = std::pair<SchoolId, std::string>;
  struct Entry {
    std::shared_ptr<const Snapshot> snapshot;
    uint64_t revision = 0;
    std::list<Key>::iterator use;
  };

  absl::Mutex mutex_;
  absl::flat_hash_map<Key, Entry> entries_ ABSL_GUARDED_BY(mutex_);
  // Last used first.
  std::list<Key> uses_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_SNAPSHOT_CACHE_H_
