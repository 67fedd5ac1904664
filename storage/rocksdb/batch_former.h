// Forming one batch of the group commit: for each append that waits, whether it
// was recorded before, whether its stream is where it expects it, where its
// records stand, and what the tree is with them.
//
// The former knows more than is durable: it builds on batches that are written
// but not yet synced, which is why all it answers must wait for the next sync.

#ifndef STORAGE_ROCKSDB_BATCH_FORMER_H_
#define STORAGE_ROCKSDB_BATCH_FORMER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "rocksdb/write_batch.h"
#include "storage/base/ids.h"
#include "storage/event_log.h"
#include "storage/merkle/tree.h"
#include "storage/rocksdb/database.h"
#include "storage/rocksdb/durable_heads.h"
#include "storage/rocksdb/log_batch.h"
#include "storage/rocksdb/log_tables.h"
#include "storage/rocksdb/stream_heads.h"

namespace wardbook::storage {

struct WaitingAppend {
  AppendRequest request;
  AppendCallback done;
};

// What one append came to; true once the batch is durable.
struct Answer {
  SchoolId school;
  AppendCallback done;
  // Without the tree, which is that of the moment of answering.
  absl::StatusOr<Appended> result;
};

struct FormedBatch {
  rocksdb::WriteBatch writes;
  std::vector<Answer> answers;
  // The trees of the schools that grew.
  std::vector<SchoolHead> heads;
};

// Thread-compatible.
class BatchFormer {
 public:
  // All outlive the former.
  BatchFormer(const Database& database, const LogTables& tables, const DurableHeads& durable)
      : database_(database), tables_(tables), durable_(durable) {}

  // The caller writes the batch before it forms the next one. Appends that come
  // twice in `waiting` are recorded once.
  FormedBatch Form(std::vector<WaitingAppend> waiting);

  // Forgets all that was formed, after a batch could not be written or synced:
  // the next batch builds on what the database holds.
  void Forget();

 private:
  // An append that this batch records.
  struct Recorded {
    Hash fingerprint;
    size_t answer;
  };

  absl::StatusOr<Appended> Decide(const AppendRequest& request, const std::vector<Answer>& answers,
                                  LogBatch& rows);
  // What the request came to if an earlier append recorded it.
  absl::StatusOr<std::optional<Appended>> FindRecorded(const AppendRequest& request,
                                                       const std::vector<Answer>& answers) const;
  // Records the events. Either all of the rows are added, or nothing changes.
  absl::StatusOr<Appended> Record(const AppendRequest& request, LogBatch& rows);
  absl::StatusOr<merkle::Frontier*> FrontierOf(const SchoolId& school);
  absl::StatusOr<uint64_t> StreamHead(absl::string_view stream_prefix);

  const Database& database_;
  const LogTables& tables_;
  const DurableHeads& durable_;

  absl::flat_hash_map<SchoolId, merkle::Frontier> frontiers_;
  StreamHeads stream_heads_;

  // Of the batch being formed, which the database does not hold yet.
  absl::flat_hash_map<std::pair<SchoolId, RequestId>, Recorded> recorded_;
  absl::flat_hash_set<SchoolId> grown_;
  std::vector<merkle::Node> nodes_;
};

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_BATCH_FORMER_H_
