// Where the durable part of every school's log ends: what bounds all reads.

#ifndef STORAGE_ROCKSDB_DURABLE_HEADS_H_
#define STORAGE_ROCKSDB_DURABLE_HEADS_H_

#include <cstdint>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "storage/base/ids.h"
#include "storage/event_log.h"

namespace wardbook::storage {

// A school's log as far as it is durable.
struct SchoolHead {
  SchoolId school;
  TreeHead head;
};

// Safe for concurrent use.
class DurableHeads {
 public:
  // Size 0 for an unknown school.
  uint64_t Size(const SchoolId& school) const;

  // DATA_LOSS: the tree cannot be read; its size can.
  absl::StatusOr<TreeHead> Head(const SchoolId& school) const;

  // OK, or why this school takes no more records and signs nothing.
  absl::Status WriteStatus(const SchoolId& school) const;

  // The schools that have a record, in order.
  std::vector<SchoolId> Schools() const;

  // Moves the end of a school's log forward.
  void Advance(const SchoolHead& head);

  // What was found at start. `tree` says why when there is no root to be had,
  // `writes` when the school must not go on.
  void Load(const SchoolHead& head, absl::Status tree, absl::Status writes);

 private:
  struct Entry {
    TreeHead head;
    absl::Status tree;
    absl::Status writes;
  };

  mutable absl::Mutex mutex_;
  absl::flat_hash_map<SchoolId, Entry> schools_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_DURABLE_HEADS_H_
