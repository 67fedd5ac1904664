#include "services/runtime/receipts.h"

#include <utility>

#include "absl/time/time.h"
#include "services/kernel/timestamp.h"
#include "storage/base/status_macros.h"

namespace wardbook::runtime {

absl::StatusOr<wardbook::v1::Receipt> ReceiptWriter::Write(const SchoolId& school,
                                                           const storage::Appended& appended,
                                                           absl::Time recorded_time) const {
  WARDBOOK_ASSIGN_OR_RETURN(wardbook::v1::Receipt receipt, Nothing(school));
  receipt.set_position(appended.first_position);
  for (const Hash& hash : appended.leaf_hashes) receipt.add_leaf_hashes(hash.Bytes());
  *receipt.mutable_recorded_time() = kernel::TimestampOf(recorded_time);
  // What was recorded stays recorded, and its leaf hashes say so.
  if (!MaySign(school).ok()) return receipt;
  {
    // A larger tree of the same log holds these records too. Under load the next batch is
    // often signed before all of this one have been answered.
    absl::MutexLock lock(&mutex_);
    const auto found = newest_.find(school);
    if (found != newest_.end() && found->second.size > appended.tree_size) {
      receipt.set_checkpoint(found->second.note);
      return receipt;
    }
  }
  WARDBOOK_ASSIGN_OR_RETURN(*receipt.mutable_checkpoint(),
                            Checkpoint(school, appended.tree_size, appended.root));
  return receipt;
}

absl::StatusOr<wardbook::v1::Receipt> ReceiptWriter::Nothing(const SchoolId& school) const {
  wardbook::v1::Receipt receipt;
  receipt.set_school_id(school.Hex());
  return receipt;
}

absl::StatusOr<std::string> ReceiptWriter::Checkpoint(const SchoolId& school, uint64_t size,
                                                      const Hash& root) const {
  WARDBOOK_RETURN_IF_ERROR(MaySign(school));
  {
    absl::MutexLock lock(&mutex_);
    const auto found = newest_.find(school);
    if (found != newest_.end() && found->second.size == size && found->second.root == root) {
      return found->second.note;
    }
  }
  WARDBOOK_ASSIGN_OR_RETURN(std::string note,
                            checkpoint::SignCheckpoint(signer_, school, size, root));
  absl::MutexLock lock(&mutex_);
  Signed& newest = newest_[school];
  if (newest.size <= size) newest = Signed{size, root, note};
  return note;
}

}  // namespace wardbook::runtime
