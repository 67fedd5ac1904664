// Answering for a request that was recorded.

#ifndef STORAGE_ROCKSDB_LOG_ANSWER_H_
#define STORAGE_ROCKSDB_LOG_ANSWER_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/base/ids.h"
#include "storage/event_log.h"
#include "storage/log_rows.h"
#include "storage/rocksdb/log_tables.h"

namespace wardbook::storage {

// The refusal of a request id that comes with another fingerprint.
absl::Status OtherContent();

// The answer that the request of `row` had, but for the tree. ALREADY_EXISTS:
// the fingerprint is another.
absl::StatusOr<Appended> AnswerAgain(const LogTables& tables, const SchoolId& school,
                                     const RequestRow& row, const Hash& fingerprint);

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_LOG_ANSWER_H_
