// Signing and pinning the newest checkpoint of every school whose log has grown.

#ifndef STORAGE_ROCKSDB_CHECKPOINT_PINNER_H_
#define STORAGE_ROCKSDB_CHECKPOINT_PINNER_H_

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "storage/base/ids.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/checkpoint/pin_store.h"
#include "storage/checkpoint/signed_note.h"
#include "storage/rocksdb/durable_heads.h"

namespace wardbook::storage {

// Safe for concurrent use.
class CheckpointPinner {
 public:
  CheckpointPinner(checkpoint::PinStore pins, checkpoint::NoteSigner signer)
      : pins_(std::move(pins)), signer_(std::move(signer)) {}

  absl::StatusOr<std::vector<SchoolId>> Schools() const { return pins_.Schools(); }

  // The pinned checkpoint; nothing when the school has none. DATA_LOSS: the pin
  // is not a checkpoint of this school signed by this log's key. UNAVAILABLE: it
  // cannot be read.
  // What it says is not pinned again.
  absl::StatusOr<std::optional<checkpoint::Checkpoint>> Pinned(const SchoolId& school)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // Pins what is durable and not pinned yet, of the schools that may sign, and
  // syncs the directory of the pins once for all of them. UNAVAILABLE: some could
  // not be pinned, and will be tried again.
  absl::Status PinChanged(const DurableHeads& durable) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  const checkpoint::PinStore pins_;
  const checkpoint::NoteSigner signer_;

  absl::Mutex mutex_;
  // What is pinned, as far as this process has read or written it.
  absl::flat_hash_map<SchoolId, uint64_t> sizes_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_CHECKPOINT_PINNER_H_
