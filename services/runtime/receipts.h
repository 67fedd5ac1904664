// Receipts: what was recorded, under a signed checkpoint that holds it. One
// signature serves all that were recorded in the same batch.

#ifndef SERVICES_RUNTIME_RECEIPTS_H_
#define SERVICES_RUNTIME_RECEIPTS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

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

// OK, or why a school's log takes no records. Safe for concurrent use.
using WriteStatus = std::function<absl::Status(const SchoolId&)>;

// Safe for concurrent use.
//
// Nothing is signed for a school whose log takes no records: such a log may be
// behind what was signed before, and another signature would make a fork of it.
class ReceiptWriter {
 public:
  // `write_status` is that of the log; without one all logs take records.
  explicit ReceiptWriter(checkpoint::NoteSigner signer, WriteStatus write_status = nullptr)
      : signer_(std::move(signer)), write_status_(std::move(write_status)) {}

  // Without a checkpoint while the school's log takes no records.
  absl::StatusOr<wardbook::v1::Receipt> Write(const SchoolId& school,
                                              const storage::Appended& appended,
                                              absl::Time recorded_time) const;

  // The receipt of a request that changed nothing.
  absl::StatusOr<wardbook::v1::Receipt> Nothing(const SchoolId& school) const;

  // A signed checkpoint of a school's tree. Fails as the log's write status does.
  absl::StatusOr<std::string> Checkpoint(const SchoolId& school, uint64_t size,
                                         const Hash& root) const;

  const checkpoint::NoteSigner& signer() const { return signer_; }

 private:
  struct Signed {
    uint64_t size = 0;
    Hash root;
    std::string note;
  };

  absl::Status MaySign(const SchoolId& school) const {
    return write_status_ == nullptr ? absl::OkStatus() : write_status_(school);
  }

  const checkpoint::NoteSigner signer_;
  const WriteStatus write_status_;
  mutable absl::Mutex mutex_;
  // The newest of each school.
  mutable absl::flat_hash_map<SchoolId, Signed> newest_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_RECEIPTS_H_
