// What a log stores, row by row: the view of a full check (storage/fsck), which
// must see every row and not only the answers made of them.
//
// All calls see durable rows only, and each holds the store for a bounded time,
// so that a check of a large log does not stand in anybody's way.

#ifndef STORAGE_LOG_ROWS_H_
#define STORAGE_LOG_ROWS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/base/ids.h"
#include "storage/merkle/tree.h"

namespace wardbook::storage {

// A record and the leaf of the tree that was made of it. A view into memory of
// the log's.
struct RecordRow {
  uint64_t position = 0;
  Hash leaf_hash;
  absl::string_view bytes;
};

// Where a revision of a stream stands.
struct StreamRow {
  std::string stream;
  uint64_t revision = 0;
  uint64_t position = 0;

  friend bool operator==(const StreamRow&, const StreamRow&) = default;
};

// What a request came to.
struct RequestRow {
  RequestId request_id;
  Hash fingerprint;
  std::string stream;
  uint64_t first_position = 0;
  uint64_t first_revision = 0;
  uint32_t event_count = 0;

  friend bool operator==(const RequestRow&, const RequestRow&) = default;
};

// Safe for concurrent use.
//
// Every call may fail with UNAVAILABLE (the disk does not answer) or DATA_LOSS
// (a row is not of the form that this log writes; the message names it).
class LogRows {
 public:
  virtual ~LogRows() = default;

  using RecordVisitor = absl::FunctionRef<absl::Status(const RecordRow& row)>;
  using NodeVisitor = absl::FunctionRef<absl::Status(merkle::NodeId id, const Hash& hash)>;

  // Visits the stored records at [`from`, `to`) in order. A missing one is
  // passed over: the visitor sees the gap. Ends with what `visit` fails with.
  virtual absl::Status VisitRecords(const SchoolId& school, uint64_t from, uint64_t to,
                                    RecordVisitor visit) const = 0;

  // Visits the stored nodes of `first.level` > 0 from `first.index` on, at most
  // `count` indexes, as VisitRecords does. The leaves are in the record rows.
  virtual absl::Status VisitNodes(const SchoolId& school, merkle::NodeId first, uint64_t count,
                                  NodeVisitor visit) const = 0;

  // Single rows; nothing when there is none.
  virtual absl::StatusOr<std::optional<StreamRow>> FindStreamRow(const SchoolId& school,
                                                                 absl::string_view stream,
                                                                 uint64_t revision) const = 0;
  virtual absl::StatusOr<std::optional<RequestRow>> FindRequestRow(
      const SchoolId& school, const RequestId& request_id) const = 0;

  // At most `limit` rows of the stream index after `after`, by stream and
  // revision. Rows of records that are not durable yet may be among them.
  virtual absl::StatusOr<std::vector<StreamRow>> StreamRows(const SchoolId& school,
                                                            const std::optional<StreamRow>& after,
                                                            size_t limit) const = 0;

  // At most `limit` rows of the requests after `after`, by request id. Rows of
  // records that are not durable yet may be among them.
  virtual absl::StatusOr<std::vector<RequestRow>> RequestRows(const SchoolId& school,
                                                              const std::optional<RequestId>& after,
                                                              size_t limit) const = 0;
};

}  // namespace wardbook::storage

#endif  // STORAGE_LOG_ROWS_H_
