// Comparing the indexes of a school's log with its records: the row of every
// revision of every stream, and the row of every request.
//
// Rows are stored in another order than records, so they are compared as sets:
// what the records say must be there and what is there add up to the same sum of
// hashes. Only when the sums differ are the rows looked up one by one, to name
// the records that are at fault.

#ifndef STORAGE_FSCK_INDEX_CHECK_H_
#define STORAGE_FSCK_INDEX_CHECK_H_

#include <atomic>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "storage/base/ids.h"
#include "storage/fsck/index_sums.h"
#include "storage/fsck/tree_check.h"
#include "storage/log_rows.h"
#include "storage/record/record.h"

namespace wardbook::fsck {

// Thread-compatible.
class IndexCheck {
 public:
  using GoOn = absl::FunctionRef<bool()>;

  // For the first `size` records, of which those before `from` were checked by an
  // earlier run. `rows` outlives the check.
  IndexCheck(const storage::LogRows& rows, const SchoolId& school, uint64_t from, uint64_t size,
             ReportFault report)
      : rows_(rows), school_(school), from_(from), size_(size), report_(std::move(report)) {}

  // Reads all rows, and the records before `from`, which nobody else reads; may
  // run on another thread, beside the check of the records. UNAVAILABLE: the disk
  // does not answer. What cannot be read is for Compare to report.
  absl::Status SumStored();
  // Ends SumStored soon, of which nothing can be made then. Safe for concurrent
  // use.
  void Stop() { stopping_ = true; }

  // Comes after SumStored: whether the rows are what the records say, those
  // before `from` and those from it on, of which these are the sums. Where they are
  // not it takes as long as reading the log record by record, and asks `go_on` now
  // and then. UNAVAILABLE: the disk does not answer. CANCELLED: `go_on` said no.
  absl::Status Compare(const IndexSums& sums, GoOn go_on);

 private:
  using RecordVisitor = absl::FunctionRef<absl::Status(const record::RecordView& record)>;

  // Rows of records that came after the check began may be there too.
  bool IsInRange(uint64_t position) const { return position < size_; }
  absl::Status SumEarlierRecords();
  absl::Status SumStreams();
  absl::Status SumRequests();
  // The slow way.
  absl::Status NameStreamFaults(GoOn go_on);
  absl::Status NameRequestFaults(GoOn go_on);
  absl::Status CheckStreamRow(const storage::StreamRow& row) const;
  absl::Status CheckRequestRow(const storage::RequestRow& row) const;
  // Visit the records, all or at a position, that can be read.
  absl::Status ForEachRecord(RecordVisitor visit, GoOn go_on) const;
  absl::Status ForRecordAt(uint64_t position, RecordVisitor visit) const;

  const storage::LogRows& rows_;
  const SchoolId school_;
  const uint64_t from_;
  const uint64_t size_;
  const ReportFault report_;
  std::atomic<bool> stopping_ = false;
  // Of the records before `from_`.
  IndexSums earlier_;
  // OK, or why an index was not read to its end: a row cannot be read.
  absl::Status streams_read_;
  absl::Status requests_read_;
  RowSum stored_streams_ = 0;
  RowSum stored_requests_ = 0;
  // The rows that do not follow the one before them in their stream.
  std::vector<storage::StreamRow> out_of_order_;
};

}  // namespace wardbook::fsck

#endif  // STORAGE_FSCK_INDEX_CHECK_H_
