#include "storage/rocksdb/batch_former.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "storage/base/assert.h"
#include "storage/base/status_macros.h"
#include "storage/merkle/rfc6962.h"
#include "storage/record/record.h"
#include "storage/rocksdb/log_answer.h"
#include "storage/rocksdb/log_keys.h"

namespace wardbook::storage {

FormedBatch BatchFormer::Form(std::vector<WaitingAppend> waiting) {
  FormedBatch batch;
  batch.answers.reserve(waiting.size());
  stream_heads_.Trim();
  recorded_.clear();
  grown_.clear();

  absl::StatusOr<Database::Lease> lease = database_.Acquire();
  if (!lease.ok()) {
    for (WaitingAppend& append : waiting) {
      batch.answers.push_back({append.request.school, std::move(append.done), lease.status()});
    }
    return batch;
  }
  LogBatch rows(*lease);
  for (WaitingAppend& append : waiting) {
    absl::StatusOr<Appended> result = Decide(append.request, batch.answers, rows);
    batch.answers.push_back({append.request.school, std::move(append.done), std::move(result)});
  }
  for (const SchoolId& school : grown_) {
    const merkle::Frontier& frontier = frontiers_.at(school);
    batch.heads.push_back({school, {frontier.size(), frontier.Root()}});
  }
  batch.writes = rows.Take();
  return batch;
}

void BatchFormer::Forget() {
  frontiers_.clear();
  stream_heads_.Clear();
}

absl::StatusOr<Appended> BatchFormer::Decide(const AppendRequest& request,
                                             const std::vector<Answer>& answers, LogBatch& rows) {
  WARDBOOK_ASSIGN_OR_RETURN(std::optional<Appended> recorded, FindRecorded(request, answers));
  if (recorded.has_value()) return *std::move(recorded);
  WARDBOOK_RETURN_IF_ERROR(durable_.WriteStatus(request.school));
  WARDBOOK_ASSIGN_OR_RETURN(Appended appended, Record(request, rows));
  recorded_[{request.school, request.request_id}] = {request.fingerprint, answers.size()};
  return appended;
}

absl::StatusOr<std::optional<Appended>> BatchFormer::FindRecorded(
    const AppendRequest& request, const std::vector<Answer>& answers) const {
  const auto in_batch = recorded_.find({request.school, request.request_id});
  if (in_batch != recorded_.end()) {
    if (in_batch->second.fingerprint != request.fingerprint) return OtherContent();
    Appended appended = answers[in_batch->second.answer].result.value();
    appended.replayed = true;
    return appended;
  }
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<RequestRow> row,
                            tables_.FindRequest(request.school, request.request_id));
  if (!row.has_value()) return std::nullopt;
  return AnswerAgain(tables_, request.school, *row, request.fingerprint);
}

absl::StatusOr<Appended> BatchFormer::Record(const AppendRequest& request, LogBatch& rows) {
  const std::string stream_prefix = StreamPrefix(request.school, request.stream);
  WARDBOOK_ASSIGN_OR_RETURN(merkle::Frontier* const frontier, FrontierOf(request.school));
  WARDBOOK_ASSIGN_OR_RETURN(const uint64_t head, StreamHead(stream_prefix));
  if (!request.expected.AllowsHead(head)) {
    return absl::AbortedError(absl::StrCat("the stream is at revision ", head));
  }

  Appended appended;
  appended.stream = request.stream;
  appended.first_position = frontier->size();
  appended.first_revision = head + 1;
  nodes_.clear();
  for (const record::SealedEvent& event : request.events) {
    const uint64_t position = frontier->size();
    const uint64_t revision = appended.first_revision + appended.leaf_hashes.size();
    const std::string bytes = record::EncodeRecord(position, revision, event);
    WARDBOOK_ASSERT(bytes.size() <= kRecordBytesMax);
    appended.leaf_hashes.push_back(merkle::LeafHash(bytes));
    frontier->Append(appended.leaf_hashes.back(), &nodes_);
    rows.AddRecord(request.school, {position, appended.leaf_hashes.back(), bytes});
    rows.AddStreamRow(stream_prefix, revision, position);
  }
  for (const merkle::Node& node : nodes_) {
    if (node.id.level > 0) rows.AddNode(request.school, node);
  }
  rows.AddRequest(request.school,
                  {.request_id = request.request_id,
                   .fingerprint = request.fingerprint,
                   .stream = request.stream,
                   .first_position = appended.first_position,
                   .first_revision = appended.first_revision,
                   .event_count = static_cast<uint32_t>(appended.leaf_hashes.size())});
  stream_heads_.Set(stream_prefix, appended.last_revision());
  grown_.insert(request.school);
  return appended;
}

absl::StatusOr<merkle::Frontier*> BatchFormer::FrontierOf(const SchoolId& school) {
  const auto known = frontiers_.find(school);
  if (known != frontiers_.end()) return &known->second;
  WARDBOOK_ASSIGN_OR_RETURN(const uint64_t size, tables_.RecordCount(school));
  WARDBOOK_ASSIGN_OR_RETURN(merkle::Frontier frontier,
                            merkle::Frontier::Load(size, tables_.NodesOf(school)));
  return &frontiers_.emplace(school, std::move(frontier)).first->second;
}

absl::StatusOr<uint64_t> BatchFormer::StreamHead(absl::string_view stream_prefix) {
  if (const std::optional<uint64_t> known = stream_heads_.Find(stream_prefix)) return *known;
  return tables_.StreamHead(stream_prefix, LogTables::kAll);
}

}  // namespace wardbook::storage
