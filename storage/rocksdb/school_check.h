// What is checked of a school's log before it is served: its last records and their
// keys, the right edge of its tree, and the pinned checkpoint. Takes the same time however
// long the log is; the full check is storage/fsck.

#ifndef STORAGE_ROCKSDB_SCHOOL_CHECK_H_
#define STORAGE_ROCKSDB_SCHOOL_CHECK_H_

#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/base/ids.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/rocksdb/durable_heads.h"
#include "storage/rocksdb/log_tables.h"
#include "storage/rocksdb/rocksdb_event_log.h"

namespace wardbook::storage {

struct SchoolState {
  SchoolHead head;
  // OK, or why there is no root to be had.
  absl::Status tree;
  // OK, or why the school must take no more records and sign nothing. DATA_LOSS:
  // the message names the record that is damaged or has lost its key, or the
  // positions that the pinned checkpoint covers and the log does not have.
  absl::Status writes;
};

// Fails only when the disk does not answer; damage is part of the state. Without
// `find_key` no key is looked up.
absl::StatusOr<SchoolState> CheckSchool(const LogTables& tables, const SchoolId& school,
                                        const std::optional<checkpoint::Checkpoint>& pinned,
                                        const FindKey& find_key);

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_SCHOOL_CHECK_H_
