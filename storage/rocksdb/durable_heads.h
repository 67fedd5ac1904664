// Where the durable part of every school's log ends: what bounds all reads.

#ifndef STORAGE_ROCKSDB_DURABLE_HEADS_H_
#define STORAGE_ROCKSDB_DURABLE_HEADS_H_

#include <cstdint>
#include <limits>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "storage/base/ids.h"
#include "storage/event_log.h"

namespace wardbook::storage {

// The size of a log whose end cannot be read: it bounds no read, so that a read
// that comes to the end finds the damage and not an early end.
inline constexpr uint64_t kSizeUnknown = std::numeric_limits<uint64_t>::max();

// A school's log as far as it is durable.
struct SchoolHead {
  SchoolId school;
  TreeHead head;
};

// Safe for concurrent use.
class DurableHeads {
 public:
  // Size 0 for an unknown school; kSizeUnknown where the end cannot be read.
  uint64_t Size(const SchoolId& school) const;

  // DATA_LOSS: the tree cannot be read; its size can.
  absl::StatusOr<TreeHead> Head(const SchoolId& school) const;

  // OK, or why this school takes no more records and signs nothing.
  absl::Status WriteStatus(const SchoolId& school) const;

  // The schools that have a record, in order.
  std::vector<SchoolId> Schools() const;

  // Moves the end of a school's log forward.
  void Advance(const SchoolHead& head);

  // What was found at start, or when a full disk was left behind. `tree` says
  // why when there is no root to be had, `writes` when the school must not go on,
  // which it also must not as long as there is less than was ever durable.
  void Load(const SchoolHead& head, absl::Status tree, absl::Status writes);

 private:
  struct Entry {
    TreeHead head;
    absl::Status tree;
    absl::Status writes;
    // The most records that were ever durable here.
    uint64_t largest = 0;
  };

  mutable absl::Mutex mutex_;
  absl::flat_hash_map<SchoolId, Entry> schools_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_DURABLE_HEADS_H_
