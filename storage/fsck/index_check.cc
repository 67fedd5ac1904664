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
// Records read at a time, of about 1 KiB each.
constexpr uint64_t kRecordsAtOnce = 1 << 12;
// As many as a report keeps faults.
constexpr size_t kFaultyRowsMax = 1000;

// How many records are read one by one before it is asked whether to go on: some
// tens of milliseconds.
constexpr uint64_t kRecordsPerQuestion = 1 << 10;

absl::Status Stopped() { return absl::CancelledError("the check was stopped"); }

bool IsOkOrDataLoss(const absl::Status& status) { return status.ok() || absl::IsDataLoss(status); }

}  // namespace

absl::Status IndexCheck::SumStored() {
  streams_read_ = SumStreams();
  if (!IsOkOrDataLoss(streams_read_)) return streams_read_;
  requests_read_ = SumRequests();
  if (!IsOkOrDataLoss(requests_read_)) return requests_read_;
  return SumEarlierRecords();
}

absl::Status IndexCheck::SumStreams() {
  std::optional<StreamRow> last;
  while (!stopping_) {
    WARDBOOK_ASSIGN_OR_RETURN(std::vector<StreamRow> rows,
                              rows_.StreamRows(school_, last, kRowsAtOnce));
    if (rows.empty()) break;
    for (StreamRow& row : rows) {
      const bool same = last.has_value() && last->stream == row.stream;
      const bool in_order = row.revision == (same ? last->revision + 1 : 1) &&
                            (!same || row.position > last->position);
      if (!in_order && out_of_order_.size() < kFaultyRowsMax) out_of_order_.push_back(row);
      if (IsInRange(row.position)) stored_streams_ += Term(row);
      last = std::move(row);
    }
  }
  return absl::OkStatus();
}

absl::Status IndexCheck::SumRequests() {
  std::optional<RequestId> last;
  while (!stopping_) {
    WARDBOOK_ASSIGN_OR_RETURN(const std::vector<RequestRow> rows,
                              rows_.RequestRows(school_, last, kRowsAtOnce));
    if (rows.empty()) break;
    for (const RequestRow& row : rows) {
      if (IsInRange(row.first_position)) stored_requests_ += Term(row);
    }
    last = rows.back().request_id;
  }
  return absl::OkStatus();
}

absl::Status IndexCheck::SumEarlierRecords() {
  for (uint64_t next = 0; next < from_ && !stopping_;) {
    const uint64_t end = std::min(from_, next + kRecordsAtOnce);
    const absl::Status read =
        rows_.VisitRecords(school_, next, end, [&](const storage::RecordRow& row) {
          const absl::StatusOr<record::RecordView> record = record::ParseRecord(row.bytes);
          if (row.position > next || !record.ok()) earlier_.AddUnreadable();
          if (record.ok()) earlier_.Add(*record);
          next = row.position + 1;
          return absl::OkStatus();
        });
    if (!IsOkOrDataLoss(read)) return read;
    if (!read.ok()) {
      // The next one cannot be read; those behind it can, perhaps.
      earlier_.AddUnreadable();
      ++next;
    } else if (next < end) {
      earlier_.AddUnreadable();
      next = end;
    }
  }
  return absl::OkStatus();
}

absl::Status IndexCheck::Compare(const IndexSums& sums, GoOn go_on) {
  IndexSums all = earlier_;
  all.Append(sums);
  for (const StreamRow& row : out_of_order_) {
    report_(row.position, "does not follow the revision before it in its stream");
  }
  if (!out_of_order_.empty() || !streams_read_.ok() || stored_streams_ != all.streams() ||
      all.unreadable()) {
    WARDBOOK_RETURN_IF_ERROR(NameStreamFaults(go_on));
  }
  if (!requests_read_.ok() || stored_requests_ != all.requests() || all.unreadable()) {
    WARDBOOK_RETURN_IF_ERROR(NameRequestFaults(go_on));
  }
  return absl::OkStatus();
}

absl::Status IndexCheck::NameStreamFaults(GoOn go_on) {
  const auto find_row = [&](const record::RecordView& record) -> absl::Status {
    const absl::StatusOr<std::optional<StreamRow>> found =
        rows_.FindStreamRow(school_, record.header.stream, record.revision);
    if (absl::IsDataLoss(found.status())) {
      report_(record.position, absl::StrCat("its row cannot be read: ", found.status().message()));
      return absl::OkStatus();
    }
    WARDBOOK_ASSIGN_OR_RETURN(const std::optional<StreamRow> row, found);
    if (!row.has_value()) {
      report_(record.position, "is missing in its stream");
    } else if (row->position != record.position) {
      report_(record.position,
              absl::StrCat("is not where its stream says, which is position ", row->position));
    }
    return absl::OkStatus();
  };
  WARDBOOK_RETURN_IF_ERROR(ForEachRecord(find_row, go_on));

  std::optional<StreamRow> last;
  while (true) {
    const absl::StatusOr<std::vector<StreamRow>> rows =
        rows_.StreamRows(school_, last, kRowsAtOnce);
    // Where the index ends for SumStored it ends here.
    if (absl::IsDataLoss(rows.status())) return absl::OkStatus();
    WARDBOOK_RETURN_IF_ERROR(rows.status());
    if (rows->empty()) return absl::OkStatus();
    for (size_t i = 0; i < rows->size(); ++i) {
      if (i % kRecordsPerQuestion == 0 && !go_on()) return Stopped();
      WARDBOOK_RETURN_IF_ERROR(CheckStreamRow((*rows)[i]));
    }
    last = rows->back();
  }
}

absl::Status IndexCheck::CheckStreamRow(const StreamRow& row) const {
  if (!IsInRange(row.position)) return absl::OkStatus();
  return ForRecordAt(row.position, [&](const record::RecordView& record) {
    if (record.header.stream != row.stream || record.revision != row.revision) {
      report_(row.position, "stands in the index as a revision that it is not");
    }
    return absl::OkStatus();
  });
}

absl::Status IndexCheck::NameRequestFaults(GoOn go_on) {
  std::optional<RequestRow> request;
  const auto find_row = [&]() -> absl::Status {
    if (!request.has_value()) return absl::OkStatus();
    const absl::StatusOr<std::optional<RequestRow>> found =
        rows_.FindRequestRow(school_, request->request_id);
    if (absl::IsDataLoss(found.status())) {
      report_(request->first_position,
              absl::StrCat("its request's row cannot be read: ", found.status().message()));
      return absl::OkStatus();
    }
    WARDBOOK_ASSIGN_OR_RETURN(const std::optional<RequestRow> row, found);
    if (!row.has_value()) {
      report_(request->first_position, "is missing in its request");
    } else if (!Agree(*row, *request)) {
      report_(request->first_position, "is not what its request says");
    }
    return absl::OkStatus();
  };
  const auto add_record = [&](const record::RecordView& record) -> absl::Status {
    if (Extend(record, &request)) return absl::OkStatus();
    const absl::Status found = find_row();
    request = RequestOf(record);
    return found;
  };
  WARDBOOK_RETURN_IF_ERROR(ForEachRecord(add_record, go_on));
  WARDBOOK_RETURN_IF_ERROR(find_row());

  std::optional<RequestId> last;
  while (true) {
    const absl::StatusOr<std::vector<RequestRow>> rows =
        rows_.RequestRows(school_, last, kRowsAtOnce);
    if (absl::IsDataLoss(rows.status())) return absl::OkStatus();
    WARDBOOK_RETURN_IF_ERROR(rows.status());
    if (rows->empty()) return absl::OkStatus();
    for (size_t i = 0; i < rows->size(); ++i) {
      if (i % kRecordsPerQuestion == 0 && !go_on()) return Stopped();
      WARDBOOK_RETURN_IF_ERROR(CheckRequestRow((*rows)[i]));
    }
    last = rows->back().request_id;
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

absl::Status IndexCheck::ForEachRecord(RecordVisitor visit, GoOn go_on) const {
  for (uint64_t position = 0; position < size_; ++position) {
    if (position % kRecordsPerQuestion == 0 && !go_on()) return Stopped();
    WARDBOOK_RETURN_IF_ERROR(ForRecordAt(position, visit));
  }
  return absl::OkStatus();
}

}  // namespace wardbook::fsck
