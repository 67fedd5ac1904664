// Reading the rows of a log in RocksDB, one by one. What a row means is the
// log's affair.

#ifndef STORAGE_ROCKSDB_LOG_TABLES_H_
#define STORAGE_ROCKSDB_LOG_TABLES_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/base/ids.h"
#include "storage/event_log.h"
#include "storage/log_rows.h"
#include "storage/merkle/tree.h"
#include "storage/rocksdb/database.h"
#include "storage/rocksdb/log_keys.h"

namespace wardbook::storage {

// Safe for concurrent use.
//
// Reads see every row that is written, durable or not; `size` bounds a read to
// the rows of the first `size` records. A row that is missing or malformed is
// DATA_LOSS, and the message names it.
class LogTables {
 public:
  // A size that bounds nothing.
  static constexpr uint64_t kAll = std::numeric_limits<uint64_t>::max();

  // `database` outlives the tables and was opened with LogSettings.
  explicit LogTables(Database& database) : database_(database) {}

  // Writes the format row of a new database, checks that of an old one.
  // DATA_LOSS: a format that this version does not know.
  absl::Status CheckFormat();

  // The schools that have a record, in order. Where the records of one cannot be
  // read its other rows tell of it. DATA_LOSS: none of them can.
  absl::StatusOr<std::vector<SchoolId>> Schools() const;
  // One more than the position of the last record.
  absl::StatusOr<uint64_t> RecordCount(const SchoolId& school) const;
  absl::StatusOr<std::vector<StoredRecord>> ReadRecords(const SchoolId& school, uint64_t from,
                                                        size_t limit, uint64_t size) const;
  absl::Status VisitLog(const SchoolId& school, uint64_t from, uint64_t end,
                        LogVisitor visit) const;
  absl::StatusOr<std::vector<StoredRecord>> ReadRecordsAt(
      const SchoolId& school, const std::vector<uint64_t>& positions) const;
  // In order of position; a gap is no error here.
  absl::Status VisitRecords(const SchoolId& school, uint64_t from, uint64_t to,
                            LogRows::RecordVisitor visit) const;

  // The revision of the stream's newest record; 0 when it has none.
  absl::StatusOr<uint64_t> StreamHead(absl::string_view stream_prefix, uint64_t size) const;
  // The positions of at most `limit` revisions from `from_revision` on.
  absl::StatusOr<std::vector<uint64_t>> StreamPositions(const SchoolId& school,
                                                        absl::string_view stream,
                                                        uint64_t from_revision, size_t limit,
                                                        uint64_t size) const;
  absl::StatusOr<std::vector<std::string>> Streams(const SchoolId& school, absl::string_view prefix,
                                                   absl::string_view after, size_t limit,
                                                   uint64_t size) const;
  absl::StatusOr<std::optional<StreamRow>> FindStreamRow(const SchoolId& school,
                                                         absl::string_view stream,
                                                         uint64_t revision) const;
  absl::StatusOr<std::vector<StreamRow>> StreamRows(const SchoolId& school,
                                                    const std::optional<StreamRow>& after,
                                                    size_t limit) const;

  absl::StatusOr<std::optional<RequestRow>> FindRequest(const SchoolId& school,
                                                        const RequestId& request_id) const;
  absl::StatusOr<std::vector<RequestRow>> RequestRows(const SchoolId& school,
                                                      const std::optional<RequestId>& after,
                                                      size_t limit) const;

  absl::StatusOr<Hash> ReadNode(const SchoolId& school, merkle::NodeId id) const;
  // ReadNode for one school.
  merkle::NodeReader NodesOf(const SchoolId& school) const;
  // The hashes of the leaves [`first`, `first` + `count`).
  absl::StatusOr<std::vector<Hash>> LeafHashes(const SchoolId& school, uint64_t first,
                                               uint64_t count) const;
  // Above level 0, in order of index; a gap is no error here.
  absl::Status VisitNodes(const SchoolId& school, merkle::NodeId first, uint64_t count,
                          LogRows::NodeVisitor visit) const;

 private:
  Database& database_;
};

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_LOG_TABLES_H_
