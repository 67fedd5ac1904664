#include "storage/rocksdb/database.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/container/inlined_vector.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "rocksdb/listener.h"
#include "rocksdb/perf_level.h"
#include "storage/base/assert.h"
#include "storage/base/durable_directory.h"
#include "storage/base/status_macros.h"
#include "storage/rocksdb/crc32c.h"
#include "storage/rocksdb/info_log.h"
#include "storage/rocksdb/log_order_file_system.h"
#include "storage/rocksdb/manifest_mark.h"
#include "storage/rocksdb/rocksdb_status.h"
#include "storage/rocksdb/sync_start_file_system.h"

namespace wardbook::storage {
namespace {

// What opening writes beside the records of the write-ahead logs: a manifest,
// the options, the indexes of new tables.
constexpr uint64_t kOpeningBytes = 8 << 20;
// How much is written at a time to find out whether there is room.
constexpr size_t kProbeBytes = 1 << 20;

constexpr char kBackgroundWork[] = "background work";

// The databases that this thread holds leases of.
thread_local absl::InlinedVector<const void*, 4> leased_here;

bool IsWriteAheadLog(absl::string_view file_name) { return absl::EndsWith(file_name, ".log"); }

}  // namespace

rocksdb::DBOptions DurableDatabaseOptions() {
  rocksdb::DBOptions options;
  options.create_if_missing = true;
  options.paranoid_checks = true;
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  options.recycle_log_file_num = 0;
  options.track_and_verify_wals_in_manifest = true;
  options.avoid_flush_during_recovery = false;
  options.manual_wal_flush = false;
  options.skip_stats_update_on_db_open = true;
  options.max_bgerror_resume_count = 0;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  return options;
}

// Hears of failures in RocksDB's own threads, and keeps RocksDB from resuming on
// its own, which would race with Recover.
class Database::ErrorListener : public rocksdb::EventListener {
 public:
  explicit ErrorListener(Database& owner) : owner_(owner) {}

  void OnBackgroundError(rocksdb::BackgroundErrorReason, rocksdb::Status* status) override {
    // A full disk counts however lightly RocksDB takes it: as it may not resume on
    // its own it never flushes again, and sooner or later every write would wait
    // in vain. Any other failure that is not hard it gets over by itself.
    if (IsFullDisk(*status) || status->severity() >= rocksdb::Status::kHardError) {
      owner_.FailInBackground(*status);
    }
  }
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason, rocksdb::Status,
                            bool* auto_recovery) override {
    *auto_recovery = false;
  }

 private:
  Database& owner_;
};

struct Database::Opened {
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> families;

  ~Opened() {
    if (db == nullptr) return;
    for (rocksdb::ColumnFamilyHandle* family : families) {
      db->DestroyColumnFamilyHandle(family).PermitUncheckedError();
    }
    db->Close().PermitUncheckedError();
  }
};

Database::Lease::Lease(const Database& owner, rocksdb::DB* db,
                       const std::vector<rocksdb::ColumnFamilyHandle*>* families)
    : owner_(&owner), db_(db), families_(families) {
  // Of this thread. Nobody reads what RocksDB counts of its own steps, some ten a row.
  rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);
}

Database::Lease::Lease(Lease&& other) noexcept
    : owner_(std::exchange(other.owner_, nullptr)), db_(other.db_), families_(other.families_) {}

Database::Lease::~Lease() {
  if (owner_ != nullptr) owner_->Release();
}

Database::Database(Settings settings) : settings_(std::move(settings)) {
  if (settings_.file_system == nullptr) settings_.file_system = rocksdb::FileSystem::Default();
  manifest_ = std::make_shared<ManifestMarkFileSystem>(settings_.file_system, settings_.path);
  env_ = rocksdb::NewCompositeEnv(
      std::make_shared<SyncStartFileSystem>(std::make_shared<LogOrderFileSystem>(manifest_)));
  file_system_ = env_->GetFileSystem().get();
  settings_.options.env = env_.get();
  settings_.options.listeners.push_back(std::make_shared<ErrorListener>(*this));
}

void Database::Settings::LimitMemtables(size_t bytes) {
  options.max_total_wal_size = bytes * families.size();
  for (rocksdb::ColumnFamilyDescriptor& family : families) family.options.write_buffer_size = bytes;
}

absl::StatusOr<std::unique_ptr<Database>> Database::Open(Settings settings) {
  WARDBOOK_ASSERT(Crc32cIsRight());
  std::unique_ptr<Database> database(new Database(std::move(settings)));
  absl::Status status = database->OpenForWriting();
  if (!status.ok() && database->health() == Health::kFull) {
    if (database->OpenForReading().ok()) status = absl::OkStatus();
  }
  if (!status.ok()) return status;
  return database;
}

Database::~Database() {
  std::unique_ptr<Opened> opened;
  {
    absl::MutexLock lock(&mutex_);
    opened = std::move(opened_);
  }
  if (opened != nullptr && health() == Health::kWritable) {
    // The next start has nothing to replay then. What fails here is replayed.
    opened->db->Flush(rocksdb::FlushOptions(), opened->families).PermitUncheckedError();
  }
  // Closed before anything that RocksDB's threads may still report to.
  opened.reset();
  manifest_->Mark().PermitUncheckedError();  // The deletions it goes before are marked.
}

absl::Status Database::OpenForWriting() {
  WARDBOOK_RETURN_IF_ERROR(CreateDurableDirectory(settings_.path));
  {
    absl::MutexLock lock(&mutex_);
    background_failure_.reset();
  }
  const rocksdb::Status manifest = manifest_->Check();
  if (!manifest.ok()) return FailToOpen(manifest);
  if (settings_.options.info_log == nullptr) {
    settings_.options.info_log = std::make_shared<InfoLog>(settings_.path);
  }
  // Left by a process that ended while it looked for room.
  file_system_->DeleteFile(ProbePath(), rocksdb::IOOptions(), nullptr).PermitUncheckedError();
  auto opened = std::make_unique<Opened>();
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(settings_.options, settings_.path,
                                                   settings_.families, &opened->families, &db);
  opened->db.reset(db);
  if (!status.ok()) return FailToOpen(status);
  absl::MutexLock lock(&mutex_);
  opened_ = std::move(opened);
  health_ = Health::kWritable;
  write_status_ = absl::OkStatus();
  // A compaction begins, and may fail, before the opening is through.
  if (background_failure_.has_value())
    NoteFailure(*background_failure_, kBackgroundWork).IgnoreError();
  return absl::OkStatus();
}

absl::Status Database::OpenForReading() {
  rocksdb::Status status = manifest_->Check();
  if (status.ok()) status = SyncWriteAheadLogs();
  auto opened = std::make_unique<Opened>();
  if (status.ok()) {
    rocksdb::DB* db = nullptr;
    status = rocksdb::DB::OpenForReadOnly(settings_.options, settings_.path, settings_.families,
                                          &opened->families, &db);
    opened->db.reset(db);
  }
  if (!status.ok()) {
    return FromRocksdb(status, absl::StrCat("opening ", settings_.path, " for reading"));
  }
  absl::MutexLock lock(&mutex_);
  opened_ = std::move(opened);
  return absl::OkStatus();
}

rocksdb::Status Database::SyncWriteAheadLogs() {
  const rocksdb::IOOptions io;
  std::vector<std::string> files;
  rocksdb::IOStatus status = file_system_->GetChildren(settings_.path, io, &files, nullptr);
  for (const std::string& file : files) {
    if (!status.ok()) break;
    if (!IsWriteAheadLog(file)) continue;
    std::unique_ptr<rocksdb::FSWritableFile> log;
    status = file_system_->ReopenWritableFile(absl::StrCat(settings_.path, "/", file),
                                              rocksdb::FileOptions(), &log, nullptr);
    if (status.ok()) status = log->Fsync(io, nullptr);
    if (status.ok()) status = log->Close(io, nullptr);
  }
  return status;
}

rocksdb::Status Database::ProbeRoom() {
  const rocksdb::IOOptions io;
  std::vector<std::string> files;
  rocksdb::IOStatus status = file_system_->GetChildren(settings_.path, io, &files, nullptr);
  if (!status.ok()) return status;
  // Opening writes the records of the write-ahead logs into tables.
  uint64_t needed = kOpeningBytes;
  for (const std::string& file : files) {
    if (!IsWriteAheadLog(file)) continue;
    uint64_t size = 0;
    status = file_system_->GetFileSize(absl::StrCat(settings_.path, "/", file), io, &size, nullptr);
    if (!status.ok()) return status;
    needed += size;
  }

  const std::string path = ProbePath();
  std::unique_ptr<rocksdb::FSWritableFile> probe;
  status = file_system_->NewWritableFile(path, rocksdb::FileOptions(), &probe, nullptr);
  if (!status.ok()) return status;
  const std::string zeros(kProbeBytes, '\0');
  for (uint64_t written = 0; written < needed && status.ok(); written += zeros.size()) {
    status = probe->Append(zeros, io, nullptr);
  }
  if (status.ok()) status = probe->Sync(io, nullptr);
  probe->Close(io, nullptr).PermitUncheckedError();
  file_system_->DeleteFile(path, io, nullptr).PermitUncheckedError();
  return status;
}

absl::Status Database::CheckBlocks() const {
  WARDBOOK_ASSIGN_OR_RETURN(const Lease lease, Acquire());
  return FromRocksdb(lease.db().VerifyChecksum(rocksdb::ReadOptions()),
                     absl::StrCat("checking the blocks of ", settings_.path));
}

absl::StatusOr<uint64_t> Database::FreeBytes() const {
  uint64_t bytes = 0;
  const rocksdb::Status status =
      file_system_->GetFreeSpace(settings_.path, rocksdb::IOOptions(), &bytes, nullptr);
  WARDBOOK_RETURN_IF_ERROR(FromRocksdb(status, absl::StrCat("free room in ", settings_.path)));
  return bytes;
}

std::string Database::ProbePath() const { return absl::StrCat(settings_.path, "/room.probe"); }

absl::Status Database::Recover() {
  absl::MutexLock recovery_lock(&recovery_mutex_);
  WARDBOOK_ASSERT(!IsLeasedHere());
  if (health() != Health::kFull) return WriteStatus();
  if (const rocksdb::Status room = ProbeRoom(); !room.ok()) {
    return FromRocksdb(room, absl::StrCat("no room in ", settings_.path));
  }
  std::unique_ptr<Opened> full;
  {
    absl::MutexLock lock(&mutex_);
    reopening_ = true;
    mutex_.Await(absl::Condition(this, &Database::IsUnleased));
    full = std::move(opened_);
  }
  full.reset();
  const absl::Status status = OpenForWriting();
  // Another writer may have taken the room in between.
  if (!status.ok()) OpenForReading().IgnoreError();  // Acquire says that nothing is open.
  absl::MutexLock lock(&mutex_);
  reopening_ = false;
  return status;
}

absl::StatusOr<Database::Lease> Database::Acquire() const {
  absl::MutexLock lock(&mutex_);
  // A thread that holds a lease already must get another: the reopening waits
  // for the first.
  if (!IsLeasedHere()) mutex_.Await(absl::Condition(this, &Database::IsSettled));
  if (opened_ == nullptr) return absl::UnavailableError(write_status_.message());
  ++leases_;
  leased_here.push_back(this);
  return Lease(*this, opened_->db.get(), &opened_->families);
}

void Database::Release() const {
  const auto lease = std::find(leased_here.begin(), leased_here.end(), this);
  WARDBOOK_ASSERT(lease != leased_here.end());
  leased_here.erase(lease);
  absl::MutexLock lock(&mutex_);
  --leases_;
}

bool Database::IsLeasedHere() const {
  return std::find(leased_here.begin(), leased_here.end(), this) != leased_here.end();
}

absl::Status Database::Write(rocksdb::WriteBatch& batch, Durability durability) {
  WARDBOOK_ASSIGN_OR_RETURN(const Lease lease, Acquire());
  if (durability == Durability::kSynced) return WriteAndSync(lease, batch);
  EnterGate();
  const absl::Cleanup leave = [this] { LeaveGate(); };
  WARDBOOK_RETURN_IF_ERROR(WriteStatus());
  const rocksdb::Status status = lease.db().Write(rocksdb::WriteOptions(), &batch);
  return status.ok() ? absl::OkStatus() : Fail(status, absl::StrCat("writing ", settings_.path));
}

absl::Status Database::WriteAndSync(const Lease& lease, rocksdb::WriteBatch& batch) {
  WARDBOOK_RETURN_IF_ERROR(WriteStatus());
  rocksdb::WriteOptions options;
  options.sync = true;
  const rocksdb::Status status = lease.db().Write(options, &batch);
  return status.ok() ? absl::OkStatus() : Fail(status, absl::StrCat("writing ", settings_.path));
}

absl::Status Database::Sync() {
  WARDBOOK_ASSIGN_OR_RETURN(const Lease lease, Acquire());
  EnterGate();
  bool at_gate = true;
  const auto leave = [&] {
    if (std::exchange(at_gate, false)) LeaveGate();
  };
  const absl::Cleanup leave_at_end = leave;
  WARDBOOK_RETURN_IF_ERROR(WriteStatus());
  const OnSyncStart on_sync_start(leave);
  const rocksdb::Status status = lease.db().SyncWAL();
  return status.ok() ? absl::OkStatus() : Fail(status, absl::StrCat("syncing ", settings_.path));
}

void Database::EnterGate() {
  absl::MutexLock lock(&gate_mutex_);
  const auto is_free = [this]() ABSL_SHARED_LOCKS_REQUIRED(gate_mutex_) { return !gate_taken_; };
  gate_mutex_.Await(absl::Condition(&is_free));
  gate_taken_ = true;
}

void Database::LeaveGate() {
  absl::MutexLock lock(&gate_mutex_);
  gate_taken_ = false;
}

Database::Health Database::health() const {
  absl::MutexLock lock(&mutex_);
  return health_;
}

absl::Status Database::WriteStatus() const {
  absl::MutexLock lock(&mutex_);
  return write_status_;
}

void Database::FailInBackground(const rocksdb::Status& status) {
  absl::MutexLock lock(&mutex_);
  background_failure_ = status;
  NoteFailure(status, kBackgroundWork).IgnoreError();  // Noted, which is all there is to do.
}

absl::Status Database::Fail(const rocksdb::Status& status, absl::string_view what) {
  absl::MutexLock lock(&mutex_);
  return NoteFailure(status, what);
}

absl::Status Database::FailToOpen(const rocksdb::Status& status) {
  absl::MutexLock lock(&mutex_);
  if (IsOpenElsewhere(status)) {
    health_ = Health::kFailed;
    write_status_ = absl::UnavailableError(
        absl::StrCat("opening ", settings_.path,
                     ": it is open already; stop what has it open, or name another folder"));
    return write_status_;
  }
  const bool full =
      IsFullDisk(status) || (background_failure_.has_value() && IsFullDisk(*background_failure_));
  health_ = full ? Health::kFull : Health::kFailed;
  write_status_ = FromRocksdb(status, absl::StrCat("opening ", settings_.path));
  return write_status_;
}

absl::Status Database::NoteFailure(const rocksdb::Status& status, absl::string_view what) {
  absl::Status failure = FromRocksdb(status, what);
  // The first failure is the cause of those that follow: a file that RocksDB
  // could not write to once answers with errors of another kind from then on.
  if (health_ != Health::kWritable) return failure;
  health_ = IsFullDisk(status) ? Health::kFull : Health::kFailed;
  write_status_ = failure;
  return failure;
}

}  // namespace wardbook::storage
