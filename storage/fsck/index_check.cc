#include "storage/fsck/index_check.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/base/status_macros.h"

namespace wardbook::fsck {
namespace {

using storage::RequestRow;
using storage::StreamRow;

// Rows read at a time: some MiB.
constexpr size_t kRowsAtOnce = 1 << 14;
// As many as a report keeps faults.
constexpr size_t kFaultyRowsMax = 1000;

}  // namespace

absl::Status IndexCheck::SumStored() {
  WARDBOOK_RETURN_IF_ERROR(SumStreams());
  return SumRequests();
}

absl::Status IndexCheck::SumStreams() {
  std::optional<StreamRow> last;
  while (true) {
    WARDBOOK_ASSIGN_OR_RETURN(std::vector<StreamRow> rows,
                              rows_.StreamRows(school_, last, kRowsAtOnce));
    if (rows.empty()) return absl::OkStatus();
    for (StreamRow& row : rows) {
      const bool same = last.has_value() && last->stream == row.stream;
      const bool in_order = row.revision == (same ? last->revision + 1 : 1) &&
                            (!same || row.position > last->position);
      if (!in_order && out_of_order_.size() < kFaultyRowsMax) out_of_order_.push_back(row);
      if (IsInRange(row.position)) stored_streams_ += Term(row);
      last = std::move(row);
    }
  }
}

absl::Status IndexCheck::SumRequests() {
  std::optional<RequestId> last;
  while (true) {
    WARDBOOK_ASSIGN_OR_RETURN(const std::vector<RequestRow> rows,
                              rows_.RequestRows(school_, last, kRowsAtOnce));
    if (rows.empty()) return absl::OkStatus();
    for (const RequestRow& row : rows) {
      if (IsInRange(row.first_position)) stored_requests_ += Term(row);
    }
    last = rows.back().request_id;
  }
}

absl::Status IndexCheck::Compare(const IndexSums& sums) {
  WARDBOOK_RETURN_IF_ERROR(FindEarlierRequest());
  for (const StreamRow& row : out_of_order_) {
    report_(row.position, absl::StrCat("revision ", row.revision, " of stream ", row.stream,
                                       " does not follow the revision before it"));
  }
  if (!out_of_order_.empty() || stored_streams_ != sums.streams() || sums.unreadable()) {
    WARDBOOK_RETURN_IF_ERROR(NameStreamFaults());
  }
  if (stored_requests_ != sums.requests(earlier_request_) || sums.unreadable()) {
    WARDBOOK_RETURN_IF_ERROR(NameRequestFaults());
  }
  return absl::OkStatus();
}

absl::Status IndexCheck::FindEarlierRequest() {
  if (from_ == 0) return absl::OkStatus();
  return ForRecordAt(from_ - 1, [&](const record::RecordView& record) {
    earlier_request_ = record.header.request_id;
    return absl::OkStatus();
  });
}

absl::Status IndexCheck::NameStreamFaults() {
  const auto find_row = [&](const record::RecordView& record) -> absl::Status {
    WARDBOOK_ASSIGN_OR_RETURN(const std::optional<StreamRow> row,
                              rows_.FindStreamRow(school_, record.header.stream, record.revision));
    if (!row.has_value()) {
      report_(record.position, "is missing in its stream");
    } else if (row->position != record.position) {
      report_(record.position,
              absl::StrCat("is not where its stream says, which is position ", row->position));
    }
    return absl::OkStatus();
  };
  WARDBOOK_RETURN_IF_ERROR(ForEachRecord(find_row));

  std::optional<StreamRow> last;
  while (true) {
    WARDBOOK_ASSIGN_OR_RETURN(const std::vector<StreamRow> rows,
                              rows_.StreamRows(school_, last, kRowsAtOnce));
    if (rows.empty()) return absl::OkStatus();
    for (const StreamRow& row : rows) WARDBOOK_RETURN_IF_ERROR(CheckStreamRow(row));
    last = rows.back();
  }
}

absl::Status IndexCheck::CheckStreamRow(const StreamRow& row) const {
  if (!IsInRange(row.position)) return absl::OkStatus();
  return ForRecordAt(row.position, [&](const record::RecordView& record) {
    if (record.header.stream != row.stream || record.revision != row.revision) {
      report_(row.position, absl::StrCat("stands in stream ", row.stream, " as revision ",
                                         row.revision, ", which it is not"));
    }
    return absl::OkStatus();
  });
}

absl::Status IndexCheck::NameRequestFaults() {
  std::optional<RequestRow> request;
  const auto find_row = [&]() -> absl::Status {
    if (!request.has_value()) return absl::OkStatus();
    WARDBOOK_ASSIGN_OR_RETURN(const std::optional<RequestRow> row,
                              rows_.FindRequestRow(school_, request->request_id));
    if (!row.has_value()) {
      report_(request->first_position, "is missing in its request");
    } else if (!Agree(*row, *request)) {
      report_(request->first_position, "is not what its request says");
    }
    return absl::OkStatus();
  };
  const auto add_record = [&](const record::RecordView& record) -> absl::Status {
    if (IsEarlier(record) || Extend(record, &request)) return absl::OkStatus();
    const absl::Status found = find_row();
    request = RequestOf(record);
    return found;
  };
  WARDBOOK_RETURN_IF_ERROR(ForEachRecord(add_record));
  WARDBOOK_RETURN_IF_ERROR(find_row());

  std::optional<RequestId> last;
  while (true) {
    WARDBOOK_ASSIGN_OR_RETURN(const std::vector<RequestRow> rows,
                              rows_.RequestRows(school_, last, kRowsAtOnce));
    if (rows.empty()) return absl::OkStatus();
    for (const RequestRow& row : rows) WARDBOOK_RETURN_IF_ERROR(CheckRequestRow(row));
    last = rows.back().request_id;
  }
}

absl::Status IndexCheck::CheckRequestRow(const RequestRow& row) const {
  if (!IsInRange(row.first_position)) return absl::OkStatus();
  return ForRecordAt(row.first_position, [&](const record::RecordView& record) {
    if (record.header.request_id != row.request_id) {
      report_(row.first_position,
              absl::StrCat("is claimed by request ", row.request_id.Hex(), ", not its own"));
    }
    return absl::OkStatus();
  });
}

absl::Status IndexCheck::ForRecordAt(uint64_t position, RecordVisitor visit) const {
  absl::Status visited;
  const absl::Status read =
      rows_.VisitRecords(school_, position, position + 1, [&](const storage::RecordRow& row) {
        const absl::StatusOr<record::RecordView> record = record::ParseRecord(row.bytes);
        if (record.ok()) visited = visit(*record);
        return visited;
      });
  // A record that cannot be read was reported with its leaf.
  return visited.ok() && absl::IsDataLoss(read) ? absl::OkStatus() : read;
}

absl::Status IndexCheck::ForEachRecord(RecordVisitor visit) const {
  for (uint64_t position = from_; position < size_; ++position) {
    WARDBOOK_RETURN_IF_ERROR(ForRecordAt(position, visit));
  }
  return absl::OkStatus();
}

}  // namespace wardbook::fsck
