#include "storage/fsck/index_sums.h"

#include "absl/hash/hash.h"

namespace wardbook::fsck {

using storage::RequestRow;
using storage::StreamRow;

namespace {

// In the memory that `request` has.
void SetRequest(const record::RecordView& record, RequestRow* request) {
  request->request_id = record.header.request_id;
  request->stream = record.header.stream;
  request->first_position = record.position;
  request->first_revision = record.revision;
  request->event_count = 1;
}

}  // namespace

RowSum Term(const StreamRow& row) { return absl::HashOf(row.stream, row.revision, row.position); }

RowSum Term(const RequestRow& row) {
  return absl::HashOf(row.request_id, row.stream, row.first_position, row.first_revision,
                      row.event_count);
}

bool Agree(const RequestRow& a, const RequestRow& b) {
  return a.request_id == b.request_id && a.stream == b.stream &&
         a.first_position == b.first_position && a.first_revision == b.first_revision &&
         a.event_count == b.event_count;
}

RequestRow RequestOf(const record::RecordView& record) {
  RequestRow request;
  SetRequest(record, &request);
  return request;
}

bool Extend(const record::RecordView& record, std::optional<RequestRow>* request) {
  if (!request->has_value() || (*request)->request_id != record.header.request_id) return false;
  ++(*request)->event_count;
  return true;
}

void IndexSums::Add(const record::RecordView& record) {
  streams_ += absl::HashOf(record.header.stream, record.revision, record.position);
  std::optional<RequestRow>& tail = last_.has_value() ? last_ : first_;
  if (Extend(record, &tail)) return;
  if (last_.has_value()) requests_ += Term(*last_);
  std::optional<RequestRow>& next = first_.has_value() ? last_ : first_;
  if (!next.has_value()) next.emplace();
  SetRequest(record, &*next);
}

void IndexSums::Close(const std::optional<RequestRow>& next) {
  if (!next.has_value()) return;
  if (!first_.has_value()) {
    first_ = next;
    return;
  }
  if (last_.has_value()) requests_ += Term(*last_);
  last_ = next;
}

void IndexSums::Append(const IndexSums& next) {
  unreadable_ |= next.unreadable_;
  streams_ += next.streams_;
  requests_ += next.requests_;
  std::optional<RequestRow>& tail = last_.has_value() ? last_ : first_;
  if (tail.has_value() && next.first_.has_value() && tail->request_id == next.first_->request_id) {
    tail->event_count += next.first_->event_count;
  } else {
    Close(next.first_);
  }
  Close(next.last_);
}

RowSum IndexSums::requests() const {
  RowSum sum = requests_;
  if (first_.has_value()) sum += Term(*first_);
  if (last_.has_value()) sum += Term(*last_);
  return sum;
}

}  // namespace wardbook::fsck
