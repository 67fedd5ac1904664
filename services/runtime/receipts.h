// Receipts: what was recorded, under a signed checkpoint that holds it. One
// signature serves all that were recorded in the same batch.

#ifndef SERVICES_RUNTIME_RECEIPTS_H_
#define SERVICES_RUNTIME_RECEIPTS_H_

#include <cstdint>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "storage/base/ids.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/event_log.h"
#include "wardbook/v1/receipt.pb.h"

namespace wardbook::runtime {

// Safe for concurrent use.
class ReceiptWriter {
 public:
  explicit ReceiptWriter(checkpoint::NoteSigner signer) : signer_(std::move(signer)) {}

  absl::StatusOr<wardbook::v1::Receipt> Write(const SchoolId& school,
                                              const storage::Appended& appended,
                                              absl::Time recorded_time) const;

  // The receipt of a request that changed nothing.
  absl::StatusOr<wardbook::v1::Receipt> Nothing(const SchoolId& school) const;

  // A signed checkpoint of a school's tree.
  absl::StatusOr<std::string> Checkpoint(const SchoolId& school, uint64_t size,
                                         const Hash& root) const;

  const checkpoint::NoteSigner& signer() const { return signer_; }

 private:
  struct Signed {
    uint64_t size = 0;
    Hash root;
    std::string note;
  };

  const checkpoint::NoteSigner signer_;
  mutable absl::Mutex mutex_;
  // The newest of each school.
  mutable absl::flat_hash_map<SchoolId, Signed> newest_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_RECEIPTS_H_
