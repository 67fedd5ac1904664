// Comparing the indexes of a school's log with its records: the row of every
// revision of every stream, and the row of every request.
//
// Rows are stored in another order than records, so they are compared as sets:
// what the records say must be there and what is there add up to the same sum of
// hashes. Only when the sums differ are the rows looked up one by one, to name
// the records that are at fault.

#ifndef STORAGE_FSCK_INDEX_CHECK_H_
#define STORAGE_FSCK_INDEX_CHECK_H_

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
  // For the records at [`from`, `size`). `rows` outlives the check.
  IndexCheck(const storage::LogRows& rows, const SchoolId& school, uint64_t from, uint64_t size,
             ReportFault report)
      : rows_(rows), school_(school), from_(from), size_(size), report_(std::move(report)) {}

  // Reads all rows; may run on another thread, beside the check of the records.
  // Fails as LogRows does.
  absl::Status SumStored();

  // Comes after SumStored: whether the rows are what these sums of all records
  // of the range say. Fails as LogRows does.
  absl::Status Compare(const IndexSums& sums);

 private:
  using RecordVisitor = absl::FunctionRef<absl::Status(const record::RecordView& record)>;

  bool IsInRange(uint64_t position) const { return from_ <= position && position < size_; }
  bool IsEarlier(const record::RecordView& record) const {
    return earlier_request_ == record.header.request_id;
  }
  absl::Status FindEarlierRequest();
  absl::Status SumStreams();
  absl::Status SumRequests();
  // The slow way.
  absl::Status NameStreamFaults();
  absl::Status NameRequestFaults();
  absl::Status CheckStreamRow(const storage::StreamRow& row) const;
  absl::Status CheckRequestRow(const storage::RequestRow& row) const;
  // Visit the records, of the range or at a position, that can be read.
  absl::Status ForEachRecord(RecordVisitor visit) const;
  absl::Status ForRecordAt(uint64_t position, RecordVisitor visit) const;

  const storage::LogRows& rows_;
  const SchoolId school_;
  const uint64_t from_;
  const uint64_t size_;
  const ReportFault report_;
  // The request of the record before the range: `from_` may be in its middle,
  // and its row belongs to the records before.
  std::optional<RequestId> earlier_request_;
  RowSum stored_streams_ = 0;
  RowSum stored_requests_ = 0;
  // The rows that do not follow the one before them in their stream.
  std::vector<storage::StreamRow> out_of_order_;
};

}  // namespace wardbook::fsck

#endif  // STORAGE_FSCK_INDEX_CHECK_H_
