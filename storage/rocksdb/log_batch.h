// The rows that one group commit writes.

#ifndef STORAGE_ROCKSDB_LOG_BATCH_H_
#define STORAGE_ROCKSDB_LOG_BATCH_H_

#include <cstdint>
#include <utility>

#include "absl/strings/string_view.h"
#include "rocksdb/write_batch.h"
#include "storage/base/ids.h"
#include "storage/log_rows.h"
#include "storage/merkle/tree.h"
#include "storage/rocksdb/database.h"
#include "storage/rocksdb/log_keys.h"

namespace wardbook::storage {

// Thread-compatible. Lives no longer than the lease it is made with.
class LogBatch {
 public:
  explicit LogBatch(const Database::Lease& lease) : lease_(lease) {}

  void AddFormat();
  void AddRecord(const SchoolId& school, const RecordRow& row);
  // `stream_prefix` is of StreamPrefix.
  void AddStreamRow(absl::string_view stream_prefix, uint64_t revision, uint64_t position);
  void AddRequest(const SchoolId& school, const RequestRow& row);
  // `node` is above level 0.
  void AddNode(const SchoolId& school, const merkle::Node& node);

  // What was added. It may outlive the lease.
  rocksdb::WriteBatch Take() { return std::move(writes_); }

 private:
  void Put(LogFamily family, absl::string_view key, absl::string_view value);

  const Database::Lease& lease_;
  rocksdb::WriteBatch writes_;
};

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_LOG_BATCH_H_
