#include "storage/fsck/index_check.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/hash/hash.h"
#include "absl/strings/str_cat.h"
#include "storage/base/status_macros.h"

namespace wardbook::fsck {
namespace {

using storage::RequestRow;
using storage::StreamRow;

// Rows read at a time: some hundred KiB.
constexpr size_t kRowsAtOnce = 4096;

uint64_t Term(absl::string_view stream, uint64_t revision, uint64_t position) {
  return absl::HashOf(stream, revision, position);
}

uint64_t Term(const RequestRow& row) {
  return absl::HashOf(row.request_id, row.stream, row.first_position, row.first_revision,
                      row.event_count);
}

// Whether a row says what the records of its request say.
bool Agree(const RequestRow& a, const RequestRow& b) {
  return a.request_id == b.request_id && a.stream == b.stream &&
         a.first_position == b.first_position && a.first_revision == b.first_revision &&
         a.event_count == b.event_count;
}

// Adds a record to the request of the records before it, or says that it is the
// first of another.
bool Extend(const record::RecordView& record, std::optional<RequestRow>* request) {
  if (!request->has_value() || (*request)->request_id != record.header.request_id) return false;
  ++(*request)->event_count;
  return true;
}

RequestRow RequestOf(const record::RecordView& record) {
  return {.request_id = record.header.request_id,
          .fingerprint = Hash(),
          .stream = record.header.stream,
          .first_position = record.position,
          .first_revision = record.revision,
          .event_count = 1};
}

}  // namespace

absl::Status IndexCheck::Begin() {
  if (from_ == 0) return absl::OkStatus();
  return rows_.VisitRecords(school_, from_ - 1, from_, [&](const storage::RecordRow& row) {
    const absl::StatusOr<record::RecordView> record = record::ParseRecord(row.bytes);
    if (record.ok()) earlier_request_ = record->header.request_id;
    unreadable_ = !record.ok();
    return absl::OkStatus();
  });
}

void IndexCheck::Add(const record::RecordView& record) {
  streams_ += Term(record.header.stream, record.revision, record.position);
  if (IsEarlier(record) || Extend(record, &request_)) return;
  EndRequest();
  request_ = RequestOf(record);
}

void IndexCheck::AddUnreadable() { unreadable_ = true; }

void IndexCheck::EndRequest() {
  if (request_.has_value()) requests_ += Term(*request_);
  request_.reset();
}

absl::Status IndexCheck::Finish() {
  EndRequest();
  WARDBOOK_RETURN_IF_ERROR(CompareStreams());
  return CompareRequests();
}

absl::Status IndexCheck::CompareStreams() {
  Sum stored = 0;
  bool in_order = true;
  std::optional<StreamRow> last;
  while (true) {
    WARDBOOK_ASSIGN_OR_RETURN(std::vector<StreamRow> rows,
                              rows_.StreamRows(school_, last, kRowsAtOnce));
    if (rows.empty()) break;
    for (StreamRow& row : rows) {
      const bool same = last.has_value() && last->stream == row.stream;
      if (row.revision != (same ? last->revision + 1 : 1) ||
          (same && row.position <= last->position)) {
        in_order = false;
        report_(row.position, absl::StrCat("revision ", row.revision, " of stream ", row.stream,
                                           " does not follow the revision before it"));
      }
      if (IsInRange(row.position)) stored += Term(row.stream, row.revision, row.position);
      last = std::move(row);
    }
  }
  if (in_order && stored == streams_ && !unreadable_) return absl::OkStatus();
  return NameStreamFaults();
}

absl::Status IndexCheck::CompareRequests() {
  Sum stored = 0;
  std::optional<RequestId> last;
  while (true) {
    WARDBOOK_ASSIGN_OR_RETURN(const std::vector<RequestRow> rows,
                              rows_.RequestRows(school_, last, kRowsAtOnce));
    if (rows.empty()) break;
    for (const RequestRow& row : rows) {
      if (IsInRange(row.first_position)) stored += Term(row);
    }
    last = rows.back().request_id;
  }
  if (stored == requests_ && !unreadable_) return absl::OkStatus();
  return NameRequestFaults();
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
