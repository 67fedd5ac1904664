#include "storage/rocksdb/rocksdb_event_log.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/base/assert.h"
#include "storage/base/side_by_side.h"
#include "storage/base/status_macros.h"
#include "storage/merkle/tree.h"
#include "storage/record/record.h"
#include "storage/rocksdb/checkpoint_pinner.h"
#include "storage/rocksdb/commit_pipeline.h"
#include "storage/rocksdb/database.h"
#include "storage/rocksdb/durable_heads.h"
#include "storage/rocksdb/log_answer.h"
#include "storage/rocksdb/log_keys.h"
#include "storage/rocksdb/log_settings.h"
#include "storage/rocksdb/log_tables.h"
#include "storage/rocksdb/rocksdb_event_log_options.h"
#include "storage/rocksdb/school_check.h"

namespace wardbook::storage {
namespace {

// A pin costs some syncs of the disk, and what a forged log could leave out is
// at most what was recorded since the last.
constexpr std::chrono::seconds kTendingInterval(1);

absl::Status FewerRecords(uint64_t size) {
  return absl::OutOfRangeError(absl::StrCat("the log has ", size, " records"));
}

}  // namespace

absl::StatusOr<std::unique_ptr<RocksdbEventLog>> RocksdbEventLog::Open(
    absl::string_view path, checkpoint::PinStore pins, checkpoint::NoteSigner signer,
    FindKey find_key) {
  RocksdbEventLogOptions options;
  options.path = std::string(path);
  options.pinning = Pinning{std::move(pins), std::move(signer)};
  options.find_key = std::move(find_key);
  return Open(std::move(options));
}

absl::StatusOr<std::unique_ptr<RocksdbEventLog>> RocksdbEventLog::Open(
    RocksdbEventLogOptions options) {
  Database::Settings settings = LogSettings(options.path, std::move(options.file_system));
  if (options.memtable_bytes.has_value()) settings.LimitMemtables(*options.memtable_bytes);
  WARDBOOK_ASSIGN_OR_RETURN(std::unique_ptr<Database> database,
                            Database::Open(std::move(settings)));
  std::unique_ptr<CheckpointPinner> pinner;
  if (options.pinning.has_value()) {
    pinner = std::make_unique<CheckpointPinner>(std::move(options.pinning->pins),
                                                std::move(options.pinning->signer));
  }
  std::unique_ptr<RocksdbEventLog> log(
      new RocksdbEventLog(std::move(database), std::move(pinner), std::move(options.find_key)));
  WARDBOOK_RETURN_IF_ERROR(log->tables_->CheckFormat());
  WARDBOOK_RETURN_IF_ERROR(log->LoadSchools());
  log->pipeline_ = std::make_unique<CommitPipeline>(*log->database_, *log->tables_, *log->durable_);
  const absl::Status writes = log->database_->WriteStatus();
  if (!writes.ok()) log->pipeline_->Stop(writes);
  log->tending_thread_ = std::thread([&log = *log] { log.RunTending(); });
  return log;
}

RocksdbEventLog::RocksdbEventLog(std::unique_ptr<Database> database,
                                 std::unique_ptr<CheckpointPinner> pinner, FindKey find_key)
    : database_(std::move(database)),
      tables_(std::make_unique<LogTables>(*database_)),
      durable_(std::make_unique<DurableHeads>()),
      pinner_(std::move(pinner)),
      find_key_(std::move(find_key)) {}

RocksdbEventLog::~RocksdbEventLog() {
  if (pipeline_ == nullptr) return;  // It was never opened.
  closing_.Notify();
  tending_thread_.join();
  pipeline_->Close();
  // The next start pins what this cannot.
  if (pinner_ != nullptr) pinner_->PinChanged(*durable_).IgnoreError();
}

absl::Status RocksdbEventLog::LoadSchools() {
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<SchoolId> stored, tables_->Schools());
  std::set<SchoolId> schools(stored.begin(), stored.end());
  // One that has lost all its records is still to be checked.
  for (const SchoolId& school : durable_->Schools()) schools.insert(school);
  if (pinner_ != nullptr) {
    WARDBOOK_ASSIGN_OR_RETURN(const std::vector<SchoolId> pinned, pinner_->Schools());
    schools.insert(pinned.begin(), pinned.end());
  }
  const std::vector<SchoolId> all(schools.begin(), schools.end());
  std::vector<absl::Status> loaded(all.size());
  SideBySide(all.size(), [&](size_t i) { loaded[i] = LoadSchool(all[i]); });
  absl::Status failure;
  for (const absl::Status& status : loaded) failure.Update(status);
  return failure;
}

absl::Status RocksdbEventLog::LoadSchool(const SchoolId& school) {
  std::optional<checkpoint::Checkpoint> pinned;
  absl::Status pin_status;
  if (pinner_ != nullptr) {
    absl::StatusOr<std::optional<checkpoint::Checkpoint>> read = pinner_->Pinned(school);
    if (absl::IsUnavailable(read.status())) return read.status();
    if (read.ok()) pinned = *std::move(read);
    pin_status = read.status();
  }
  WARDBOOK_ASSIGN_OR_RETURN(const SchoolState state,
                            CheckSchool(*tables_, school, pinned, find_key_));
  durable_->Load(state.head, state.tree, state.writes.ok() ? pin_status : state.writes);
  return absl::OkStatus();
}

absl::Status RocksdbEventLog::Tend() {
  absl::MutexLock tending_lock(&tending_mutex_);
  const absl::Status left = LeaveFullDisk();
  if (pinner_ == nullptr) return left;
  const absl::Status pinned = pinner_->PinChanged(*durable_);
  absl::MutexLock lock(&mutex_);
  pin_status_ = pinned;
  return left.ok() ? pinned : left;
}

absl::Status RocksdbEventLog::LeaveFullDisk() {
  absl::Status failure = pipeline_->Status();
  if (failure.ok()) failure = database_->WriteStatus();
  if (failure.ok() || database_->health() == Database::Health::kFailed) return failure;

  pipeline_->Stop(failure);
  if (!told_before_.has_value()) {
    told_before_.emplace();
    for (const SchoolId& school : durable_->Schools()) {
      told_before_->emplace(school, durable_->Size(school));
    }
  }
  const absl::Status recovered = database_->Recover();
  // Also where the reopening went well and what runs behind it failed meanwhile.
  const absl::Status writable = recovered.ok() ? database_->WriteStatus() : recovered;
  if (!writable.ok() && database_->health() == Database::Health::kFailed) pipeline_->Stop(writable);
  WARDBOOK_RETURN_IF_ERROR(writable);
  WARDBOOK_RETURN_IF_ERROR(LoadSchools());
  std::vector<SchoolHead> grown;
  for (const SchoolId& school : durable_->Schools()) {
    const uint64_t size = durable_->Size(school);
    const auto known = told_before_->find(school);
    if (known == told_before_->end() || known->second < size) {
      grown.push_back({school, {size, Hash()}});
    }
  }
  told_before_.reset();
  pipeline_->Restart(std::move(grown));
  return absl::OkStatus();
}

void RocksdbEventLog::RunTending() {
  while (!closing_.WaitFor(kTendingInterval)) {
    Tend().IgnoreError();  // WriteStatus and PinStatus say so, and it is tried again.
  }
}

absl::Status RocksdbEventLog::WriteStatus(const SchoolId& school) const {
  // What a database that cannot be opened again says comes before the full disk that
  // the pipeline has met.
  WARDBOOK_RETURN_IF_ERROR(database_->WriteStatus());
  WARDBOOK_RETURN_IF_ERROR(pipeline_->Status());
  return durable_->WriteStatus(school);
}

absl::Status RocksdbEventLog::CheckBlocks() const { return database_->CheckBlocks(); }

absl::Status RocksdbEventLog::PinStatus() const {
  absl::MutexLock lock(&mutex_);
  return pin_status_;
}

void RocksdbEventLog::Append(AppendRequest request, AppendCallback done) {
  if (absl::Status status = CheckAppendRequest(request); !status.ok()) {
    done(std::move(status));
    return;
  }
  pipeline_->Append(std::move(request), std::move(done));
}

void RocksdbEventLog::Listen(CommitListener listener) { pipeline_->Listen(std::move(listener)); }

absl::StatusOr<std::optional<Appended>> RocksdbEventLog::FindRequest(
    const SchoolId& school, const RequestId& request_id, const Hash& fingerprint) const {
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<RequestRow> row,
                            tables_->FindRequest(school, request_id));
  WARDBOOK_ASSIGN_OR_RETURN(const TreeHead head, durable_->Head(school));
  if (!row.has_value() || row->first_position >= head.size) return std::nullopt;
  WARDBOOK_ASSIGN_OR_RETURN(Appended appended, AnswerAgain(*tables_, school, *row, fingerprint));
  appended.tree_size = head.size;
  appended.root = head.root;
  return appended;
}

absl::StatusOr<std::vector<StoredRecord>> RocksdbEventLog::ReadStream(const SchoolId& school,
                                                                      absl::string_view stream,
                                                                      uint64_t from_revision,
                                                                      size_t limit) const {
  WARDBOOK_ASSIGN_OR_RETURN(
      const std::vector<uint64_t> positions,
      tables_->StreamPositions(school, stream, from_revision, limit, durable_->Size(school)));
  WARDBOOK_ASSIGN_OR_RETURN(std::vector<StoredRecord> records,
                            tables_->ReadRecordsAt(school, positions));
  uint64_t revision = std::max<uint64_t>(from_revision, 1);
  for (const StoredRecord& stored : records) {
    const absl::StatusOr<record::RecordView> record = record::ParseRecord(stored.bytes);
    if (!record.ok() || record->position != stored.position || record->revision != revision ||
        record->header.stream != stream || record->header.school != school) {
      return absl::DataLossError(absl::StrCat("record ", stored.position, " is not revision ",
                                              revision, " of its stream"));
    }
    ++revision;
  }
  return records;
}

absl::StatusOr<std::vector<StoredRecord>> RocksdbEventLog::ReadLog(const SchoolId& school,
                                                                   uint64_t from_position,
                                                                   size_t limit) const {
  return tables_->ReadRecords(school, from_position, limit, durable_->Size(school));
}

absl::Status RocksdbEventLog::VisitLog(const SchoolId& school, uint64_t from, uint64_t end,
                                       LogVisitor visit) const {
  return tables_->VisitLog(school, from, std::min(end, durable_->Size(school)), visit);
}

absl::StatusOr<uint64_t> RocksdbEventLog::StreamHead(const SchoolId& school,
                                                     absl::string_view stream) const {
  return tables_->StreamHead(StreamPrefix(school, stream), durable_->Size(school));
}

absl::StatusOr<std::vector<std::string>> RocksdbEventLog::ListStreams(const SchoolId& school,
                                                                      absl::string_view prefix,
                                                                      absl::string_view after,
                                                                      size_t limit) const {
  return tables_->Streams(school, prefix, after, limit, durable_->Size(school));
}

absl::StatusOr<std::vector<SchoolId>> RocksdbEventLog::ListSchools() const {
  return durable_->Schools();
}

absl::StatusOr<TreeHead> RocksdbEventLog::Head(const SchoolId& school) const {
  return durable_->Head(school);
}

absl::StatusOr<Hash> RocksdbEventLog::RootAt(const SchoolId& school, uint64_t size) const {
  const uint64_t records = durable_->Size(school);
  if (size > records) return FewerRecords(records);
  return merkle::RootAt(size, tables_->NodesOf(school));
}

absl::StatusOr<std::vector<Hash>> RocksdbEventLog::InclusionProof(const SchoolId& school,
                                                                  uint64_t index,
                                                                  uint64_t size) const {
  const uint64_t records = durable_->Size(school);
  if (size > records) return FewerRecords(records);
  return merkle::InclusionProof(index, size, tables_->NodesOf(school));
}

absl::StatusOr<std::vector<Hash>> RocksdbEventLog::ConsistencyProof(const SchoolId& school,
                                                                    uint64_t old_size,
                                                                    uint64_t new_size) const {
  const uint64_t records = durable_->Size(school);
  if (new_size > records) return FewerRecords(records);
  return merkle::ConsistencyProof(old_size, new_size, tables_->NodesOf(school));
}

absl::Status RocksdbEventLog::VisitRecords(const SchoolId& school, uint64_t from, uint64_t to,
                                           RecordVisitor visit) const {
  return tables_->VisitRecords(school, from, std::min(to, durable_->Size(school)), visit);
}

absl::Status RocksdbEventLog::VisitNodes(const SchoolId& school, merkle::NodeId first,
                                         uint64_t count, NodeVisitor visit) const {
  const uint64_t end = durable_->Size(school) >> first.level;
  if (first.index >= end) return absl::OkStatus();
  return tables_->VisitNodes(school, first, std::min(count, end - first.index), visit);
}

absl::StatusOr<std::optional<StreamRow>> RocksdbEventLog::FindStreamRow(const SchoolId& school,
                                                                        absl::string_view stream,
                                                                        uint64_t revision) const {
  return tables_->FindStreamRow(school, stream, revision);
}

absl::StatusOr<std::optional<RequestRow>> RocksdbEventLog::FindRequestRow(
    const SchoolId& school, const RequestId& request_id) const {
  return tables_->FindRequest(school, request_id);
}

absl::StatusOr<std::vector<StreamRow>> RocksdbEventLog::StreamRows(
    const SchoolId& school, const std::optional<StreamRow>& after, size_t limit) const {
  return tables_->StreamRows(school, after, limit);
}

absl::StatusOr<std::vector<RequestRow>> RocksdbEventLog::RequestRows(
    const SchoolId& school, const std::optional<RequestId>& after, size_t limit) const {
  return tables_->RequestRows(school, after, limit);
}

}  // namespace wardbook::storage
