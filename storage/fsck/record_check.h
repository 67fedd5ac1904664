// Checking the records of a part of a log, each by itself: that it is what its
// leaf says, that it can be parsed and stands where it says, that its payload opens,
// and that what it stands for is there.

#ifndef STORAGE_FSCK_RECORD_CHECK_H_
#define STORAGE_FSCK_RECORD_CHECK_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/base/ids.h"
#include "storage/crypto/secret.h"
#include "storage/fsck/fsck.h"
#include "storage/fsck/index_sums.h"
#include "storage/fsck/tree_check.h"
#include "storage/log_rows.h"
#include "storage/record/record.h"

namespace wardbook::fsck {

// What was found in one part.
struct CheckedPart {
  std::vector<CheckedLeaf> leaves;
  IndexSums sums;
  std::vector<Fault> faults;
  uint64_t bytes = 0;
  uint64_t payloads_opened = 0;
  uint64_t keys_missing = 0;
  std::optional<uint64_t> first_key_missing;
  uint64_t keys_damaged = 0;
  std::optional<uint64_t> first_key_damaged;
  std::string first_key_damage;
};

// Thread-compatible; each thread has its own.
class RecordCheck {
 public:
  // `rows` and `options` outlive the check. Without `find_key` payloads stay
  // closed. `go_on` is handed to what `check_event`
  // returns.
  RecordCheck(const storage::LogRows& rows, const SchoolId& school, const CheckOptions& options,
              std::function<bool()> go_on)
      : rows_(rows), school_(school), options_(options), go_on_(std::move(go_on)) {}

  // The records at [`from`, `to`). Damage is in the part. UNAVAILABLE: the disk
  // or the vault does not answer. CANCELLED: `go_on` said no.
  absl::StatusOr<CheckedPart> Check(uint64_t from, uint64_t to);

 private:
  // Never fail with DATA_LOSS: that is how the rows say that a record cannot be read.
  absl::Status CheckRecord(const storage::RecordRow& row);
  absl::Status CheckPayload(const record::RecordView& record);
  // What the records of the part stand for.
  absl::Status CheckOutside();
  void AddUnreadable(uint64_t position, std::string what);
  void AddFault(uint64_t position, std::string what);

  const storage::LogRows& rows_;
  const SchoolId school_;
  const CheckOptions& options_;
  const std::function<bool()> go_on_;
  // As `find_key` answers; DATA_LOSS for a damaged key.
  absl::flat_hash_map<KeyId, absl::StatusOr<std::optional<crypto::Secret>>> keys_;
  CheckedPart part_;
  // What remains to be looked at, and for which record.
  std::vector<std::pair<uint64_t, OutsideCheck>> outside_;
  // The record being checked.
  record::RecordView record_;
};

}  // namespace wardbook::fsck

#endif  // STORAGE_FSCK_RECORD_CHECK_H_
