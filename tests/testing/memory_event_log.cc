#include "tests/testing/memory_event_log.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "storage/base/status_macros.h"
#include "storage/merkle/rfc6962.h"

namespace wardbook::testing {

using storage::Appended;
using storage::AppendRequest;
using storage::RequestRow;
using storage::StoredRecord;
using storage::StreamRow;

const MemoryEventLog::School* MemoryEventLog::Find(const SchoolId& school) const {
  const auto found = schools_.find(school);
  return found == schools_.end() ? nullptr : &found->second;
}

merkle::NodeReader MemoryEventLog::Nodes(const School& school) {
  return [&school](merkle::NodeId id) -> absl::StatusOr<Hash> {
    const auto node = school.nodes.find({id.level, id.index});
    if (node == school.nodes.end()) {
      return absl::DataLossError(absl::StrCat("node ", id.level, "/", id.index, " is missing"));
    }
    return node->second;
  };
}

absl::StatusOr<Appended> MemoryEventLog::Answer(const School& school, const RequestRow& row,
                                                const Hash& fingerprint) {
  if (row.fingerprint != fingerprint) {
    return absl::AlreadyExistsError("the request id was used for other content");
  }
  Appended appended;
  appended.stream = row.stream;
  appended.first_position = row.first_position;
  appended.first_revision = row.first_revision;
  for (uint32_t i = 0; i < row.event_count; ++i) {
    appended.leaf_hashes.push_back(school.nodes.at({0, row.first_position + i}));
  }
  appended.tree_size = school.frontier.size();
  appended.root = school.frontier.Root();
  return appended;
}

absl::StatusOr<Appended> MemoryEventLog::Record(const AppendRequest& request) {
  WARDBOOK_RETURN_IF_ERROR(storage::CheckAppendRequest(request));
  if (const School* school = Find(request.school)) {
    const auto recorded = school->requests.find(request.request_id);
    if (recorded != school->requests.end()) {
      WARDBOOK_ASSIGN_OR_RETURN(Appended appended,
                                Answer(*school, recorded->second, request.fingerprint));
      appended.replayed = true;
      return appended;
    }
  }
  uint64_t head = 0;
  if (const School* school = Find(request.school)) {
    const auto stream = school->streams.find(request.stream);
    if (stream != school->streams.end()) head = stream->second.size();
  }
  if (!request.expected.AllowsHead(head)) {
    return absl::AbortedError(absl::StrCat("the stream is at revision ", head));
  }

  School& school = schools_[request.school];
  std::vector<uint64_t>& positions = school.streams[request.stream];
  const RequestRow row{.request_id = request.request_id,
                       .fingerprint = request.fingerprint,
                       .stream = request.stream,
                       .first_position = school.records.size(),
                       .first_revision = head + 1,
                       .event_count = static_cast<uint32_t>(request.events.size())};
  for (const record::SealedEvent& event : request.events) {
    std::string bytes = record::EncodeRecord(school.records.size(), positions.size() + 1, event);
    std::vector<merkle::Node> nodes;
    school.frontier.Append(merkle::LeafHash(bytes), &nodes);
    for (const merkle::Node& node : nodes) {
      school.nodes[{node.id.level, node.id.index}] = node.hash;
    }
    positions.push_back(school.records.size());
    school.records.push_back(std::move(bytes));
  }
  school.requests[request.request_id] = row;
  commits_.emplace_back(request.school, school.records.size());
  return Answer(school, row, request.fingerprint);
}

void MemoryEventLog::Append(AppendRequest request, storage::AppendCallback done) {
  absl::StatusOr<Appended> appended = [&] {
    absl::MutexLock lock(&mutex_);
    return Record(request);
  }();
  TellListeners();
  done(std::move(appended));
}

void MemoryEventLog::TellListeners() {
  absl::MutexLock lock(&mutex_);
  if (telling_) return;
  telling_ = true;
  while (!commits_.empty()) {
    const std::deque<std::pair<SchoolId, uint64_t>> commits = std::move(commits_);
    commits_.clear();
    const std::vector<storage::CommitListener> listeners = listeners_;
    mutex_.Unlock();
    for (const auto& [school, size] : commits) {
      for (const storage::CommitListener& listener : listeners) listener(school, size);
    }
    mutex_.Lock();
  }
  telling_ = false;
}

void MemoryEventLog::Listen(storage::CommitListener listener) {
  absl::MutexLock lock(&mutex_);
  listeners_.push_back(std::move(listener));
}

absl::StatusOr<std::optional<Appended>> MemoryEventLog::FindRequest(const SchoolId& school,
                                                                    const RequestId& request_id,
                                                                    const Hash& fingerprint) const {
  absl::ReaderMutexLock lock(&mutex_);
  const School* found = Find(school);
  if (found == nullptr) return std::nullopt;
  const auto row = found->requests.find(request_id);
  if (row == found->requests.end()) return std::nullopt;
  WARDBOOK_ASSIGN_OR_RETURN(Appended appended, Answer(*found, row->second, fingerprint));
  appended.replayed = true;
  return appended;
}

absl::StatusOr<std::vector<StoredRecord>> MemoryEventLog::ReadStream(const SchoolId& school,
                                                                     absl::string_view stream,
                                                                     uint64_t from_revision,
                                                                     size_t limit) const {
  absl::ReaderMutexLock lock(&mutex_);
  std::vector<StoredRecord> records;
  const School* found = Find(school);
  if (found == nullptr) return records;
  const auto positions = found->streams.find(stream);
  if (positions == found->streams.end()) return records;
  for (uint64_t revision = std::max<uint64_t>(from_revision, 1);
       revision <= positions->second.size() && records.size() < limit; ++revision) {
    const uint64_t position = positions->second[revision - 1];
    records.push_back({position, found->records[position]});
  }
  return records;
}

absl::StatusOr<std::vector<StoredRecord>> MemoryEventLog::ReadLog(const SchoolId& school,
                                                                  uint64_t from_position,
                                                                  size_t limit) const {
  absl::ReaderMutexLock lock(&mutex_);
  std::vector<StoredRecord> records;
  const School* found = Find(school);
  if (found == nullptr) return records;
  for (uint64_t position = from_position;
       position < found->records.size() && records.size() < limit; ++position) {
    records.push_back({position, found->records[position]});
  }
  return records;
}

absl::Status MemoryEventLog::VisitLog(const SchoolId& school, uint64_t from, uint64_t end,
                                      storage::LogVisitor visit) const {
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<StoredRecord> records,
                            ReadLog(school, from, end > from ? end - from : 0));
  for (const StoredRecord& record : records) {
    WARDBOOK_RETURN_IF_ERROR(visit(record.position, record.bytes));
  }
  return absl::OkStatus();
}

absl::StatusOr<uint64_t> MemoryEventLog::StreamHead(const SchoolId& school,
                                                    absl::string_view stream) const {
  absl::ReaderMutexLock lock(&mutex_);
  const School* found = Find(school);
  if (found == nullptr) return 0;
  const auto positions = found->streams.find(stream);
  return positions == found->streams.end() ? 0 : positions->second.size();
}

absl::StatusOr<std::vector<std::string>> MemoryEventLog::ListStreams(const SchoolId& school,
                                                                     absl::string_view prefix,
                                                                     absl::string_view after,
                                                                     size_t limit) const {
  absl::ReaderMutexLock lock(&mutex_);
  std::vector<std::string> names;
  const School* found = Find(school);
  if (found == nullptr) return names;
  for (auto stream = found->streams.lower_bound(std::max(prefix, after));
       stream != found->streams.end() && names.size() < limit; ++stream) {
    if (stream->first == after && !after.empty()) continue;
    if (!absl::StartsWith(stream->first, prefix)) break;
    names.push_back(stream->first);
  }
  return names;
}

absl::StatusOr<std::vector<SchoolId>> MemoryEventLog::ListSchools() const {
  absl::ReaderMutexLock lock(&mutex_);
  std::vector<SchoolId> schools;
  for (const auto& [id, school] : schools_) schools.push_back(id);
  std::sort(schools.begin(), schools.end());
  return schools;
}

absl::StatusOr<storage::TreeHead> MemoryEventLog::Head(const SchoolId& school) const {
  absl::ReaderMutexLock lock(&mutex_);
  const School* found = Find(school);
  if (found == nullptr) return storage::TreeHead{0, merkle::EmptyRoot()};
  return storage::TreeHead{found->frontier.size(), found->frontier.Root()};
}

absl::StatusOr<Hash> MemoryEventLog::RootAt(const SchoolId& school, uint64_t size) const {
  absl::ReaderMutexLock lock(&mutex_);
  const School* found = Find(school);
  const uint64_t records = found == nullptr ? 0 : found->records.size();
  if (size > records) {
    return absl::OutOfRangeError(absl::StrCat("the log has ", records, " records"));
  }
  if (size == 0) return merkle::EmptyRoot();
  return merkle::RootAt(size, Nodes(*found));
}

absl::StatusOr<std::vector<Hash>> MemoryEventLog::InclusionProof(const SchoolId& school,
                                                                 uint64_t index,
                                                                 uint64_t size) const {
  absl::ReaderMutexLock lock(&mutex_);
  const School* found = Find(school);
  const uint64_t records = found == nullptr ? 0 : found->records.size();
  if (size > records || index >= size) {
    return absl::OutOfRangeError(absl::StrCat("the log has ", records, " records"));
  }
  return merkle::InclusionProof(index, size, Nodes(*found));
}

absl::StatusOr<std::vector<Hash>> MemoryEventLog::ConsistencyProof(const SchoolId& school,
                                                                   uint64_t old_size,
                                                                   uint64_t new_size) const {
  absl::ReaderMutexLock lock(&mutex_);
  const School* found = Find(school);
  const uint64_t records = found == nullptr ? 0 : found->records.size();
  if (new_size > records || old_size > new_size) {
    return absl::OutOfRangeError(absl::StrCat("the log has ", records, " records"));
  }
  if (found == nullptr) return std::vector<Hash>();
  return merkle::ConsistencyProof(old_size, new_size, Nodes(*found));
}

absl::Status MemoryEventLog::VisitRecords(const SchoolId& school, uint64_t from, uint64_t to,
                                          RecordVisitor visit) const {
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<StoredRecord> records,
                            ReadLog(school, from, to > from ? to - from : 0));
  for (const StoredRecord& record : records) {
    WARDBOOK_ASSIGN_OR_RETURN(const Hash leaf_hash, LeafHash(school, record.position));
    WARDBOOK_RETURN_IF_ERROR(visit({record.position, leaf_hash, record.bytes}));
  }
  return absl::OkStatus();
}

absl::StatusOr<Hash> MemoryEventLog::LeafHash(const SchoolId& school, uint64_t position) const {
  absl::ReaderMutexLock lock(&mutex_);
  return Nodes(*Find(school))({0, position});
}

absl::Status MemoryEventLog::VisitNodes(const SchoolId& school, merkle::NodeId first,
                                        uint64_t count, NodeVisitor visit) const {
  std::vector<merkle::Node> nodes;
  {
    absl::ReaderMutexLock lock(&mutex_);
    const School* found = Find(school);
    if (found == nullptr) return absl::OkStatus();
    for (auto node = found->nodes.lower_bound({first.level, first.index});
         node != found->nodes.end() && node->first.first == first.level &&
         node->first.second - first.index < count;
         ++node) {
      nodes.push_back({{node->first.first, node->first.second}, node->second});
    }
  }
  for (const merkle::Node& node : nodes) WARDBOOK_RETURN_IF_ERROR(visit(node.id, node.hash));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<StreamRow>> MemoryEventLog::FindStreamRow(const SchoolId& school,
                                                                       absl::string_view stream,
                                                                       uint64_t revision) const {
  absl::ReaderMutexLock lock(&mutex_);
  const School* found = Find(school);
  if (found == nullptr) return std::nullopt;
  const auto positions = found->streams.find(stream);
  if (positions == found->streams.end() || revision == 0 || revision > positions->second.size()) {
    return std::nullopt;
  }
  return StreamRow{positions->first, revision, positions->second[revision - 1]};
}

absl::StatusOr<std::optional<RequestRow>> MemoryEventLog::FindRequestRow(
    const SchoolId& school, const RequestId& request_id) const {
  absl::ReaderMutexLock lock(&mutex_);
  const School* found = Find(school);
  if (found == nullptr) return std::nullopt;
  const auto row = found->requests.find(request_id);
  if (row == found->requests.end()) return std::nullopt;
  return row->second;
}

absl::StatusOr<std::vector<StreamRow>> MemoryEventLog::StreamRows(
    const SchoolId& school, const std::optional<StreamRow>& after, size_t limit) const {
  absl::ReaderMutexLock lock(&mutex_);
  std::vector<StreamRow> rows;
  const School* found = Find(school);
  if (found == nullptr) return rows;
  for (auto stream = after ? found->streams.lower_bound(after->stream) : found->streams.begin();
       stream != found->streams.end(); ++stream) {
    const bool begun = after && stream->first == after->stream;
    for (uint64_t revision = begun ? after->revision + 1 : 1; revision <= stream->second.size();
         ++revision) {
      if (rows.size() == limit) return rows;
      rows.push_back({stream->first, revision, stream->second[revision - 1]});
    }
  }
  return rows;
}

absl::StatusOr<std::vector<RequestRow>> MemoryEventLog::RequestRows(
    const SchoolId& school, const std::optional<RequestId>& after, size_t limit) const {
  absl::ReaderMutexLock lock(&mutex_);
  std::vector<RequestRow> rows;
  const School* found = Find(school);
  if (found == nullptr) return rows;
  for (auto row = after ? found->requests.upper_bound(*after) : found->requests.begin();
       row != found->requests.end() && rows.size() < limit; ++row) {
    rows.push_back(row->second);
  }
  return rows;
}

}  // namespace wardbook::testing
