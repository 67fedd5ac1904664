// One RocksDB directory, opened in a way that outlives a full disk.
//
// When the disk is full, RocksDB stops writing and cannot always be resumed: a
// write-ahead log with a torn record stays in use as long as the memtables are
// empty. So a database that ran full is closed and opened again as soon as there
// is room, which is the way back that every restart takes too. Until then, and
// also when it is opened on a full disk, it serves reads.
//
// Any other failed write or sync ends writing for good: after a failed fsync
// nobody knows what is on the disk, and only opening anew finds out.

#ifndef STORAGE_ROCKSDB_DATABASE_H_
#define STORAGE_ROCKSDB_DATABASE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "rocksdb/db.h"
#include "rocksdb/env.h"
#include "rocksdb/file_system.h"
#include "rocksdb/options.h"
#include "rocksdb/write_batch.h"
#include "storage/key_value.h"

namespace wardbook::storage {

class ManifestMarkFileSystem;

// What every database here is opened with, so that what it acknowledges lasts. The
// reasons are in storage/rocksdb/README.md.
rocksdb::DBOptions DurableDatabaseOptions();

// Safe for concurrent use.
class Database {
 public:
  struct Settings {
    std::string path;
    rocksdb::DBOptions options;
    // The first is the default one.
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    // Where the files are; nothing for the machine's own.
    std::shared_ptr<rocksdb::FileSystem> file_system;

    // Lets so much of a family wait in memory until it goes to a table: 64 KiB at least,
    // which is what RocksDB takes for less. Small, tables are written after a few hundred
    // rows.
    void LimitMemtables(size_t bytes);
  };

  enum class Health {
    kWritable,
    kFull,    // Reads only, until Recover finds room.
    kFailed,  // Reads only, for good.
  };

  // The open database, for as long as one operation on one thread takes: while
  // any lease is out it is not closed. A thread may take several.
  class Lease {
   public:
    Lease(Lease&& other) noexcept;
    Lease& operator=(Lease&&) = delete;
    ~Lease();

    rocksdb::DB& db() const { return *db_; }
    rocksdb::ColumnFamilyHandle* family(size_t index) const { return (*families_)[index]; }

   private:
    friend class Database;
    Lease(const Database& owner, rocksdb::DB* db,
          const std::vector<rocksdb::ColumnFamilyHandle*>* families);

    const Database* owner_;  // Nothing once moved from.
    rocksdb::DB* db_;
    const std::vector<rocksdb::ColumnFamilyHandle*>* families_;
  };

  // Everything that is visible after it is durable, also what an earlier process
  // had written but not synced. UNAVAILABLE: the directory cannot be opened.
  // DATA_LOSS: it is corrupt.
  static absl::StatusOr<std::unique_ptr<Database>> Open(Settings settings);
  ~Database();

  // UNAVAILABLE: the database could not be opened again.
  absl::StatusOr<Lease> Acquire() const ABSL_LOCKS_EXCLUDED(mutex_);

  // On failure nothing of `batch` is visible before the database is opened again.
  absl::Status Write(rocksdb::WriteBatch& batch, Durability durability) ABSL_LOCKS_EXCLUDED(mutex_);

  // Makes all that was written before the call durable. Writes may come through
  // while it waits for the disk.
  absl::Status Sync() ABSL_LOCKS_EXCLUDED(mutex_);

  Health health() const ABSL_LOCKS_EXCLUDED(mutex_);
  // OK when writable, else why not.
  absl::Status WriteStatus() const ABSL_LOCKS_EXCLUDED(mutex_);

  // Compares every block of every table with its checksum, past what is in memory of
  // them. DATA_LOSS: one is damaged; the message names the file.
  absl::Status CheckBlocks() const;

  // How many bytes the disk takes yet, whoever writes them.
  absl::StatusOr<uint64_t> FreeBytes() const;

  // Opens a full database again if the disk has room. Waits until no other
  // thread holds a lease; the caller holds none. UNAVAILABLE: still full, or
  // failed. DATA_LOSS: failed, as its files are corrupt.
  absl::Status Recover() ABSL_LOCKS_EXCLUDED(mutex_);

  // Whether the calling thread holds a lease.
  bool IsLeasedHere() const;

 private:
  class ErrorListener;
  struct Opened;

  // Notes a failure of RocksDB's own threads.
  void FailInBackground(const rocksdb::Status& status) ABSL_LOCKS_EXCLUDED(mutex_);

  explicit Database(Settings settings);

  absl::Status WriteAndSync(const Lease& lease, rocksdb::WriteBatch& batch)
      ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status OpenForWriting() ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status OpenForReading() ABSL_LOCKS_EXCLUDED(mutex_);
  // So that what a read-only database shows of its write-ahead logs is durable.
  rocksdb::Status SyncWriteAheadLogs();
  // Whether the disk takes what opening may write.
  rocksdb::Status ProbeRoom();
  std::string ProbePath() const;
  void Release() const ABSL_LOCKS_EXCLUDED(mutex_);
  // Notes a failure and returns it as ours.
  absl::Status Fail(const rocksdb::Status& status, absl::string_view what)
      ABSL_LOCKS_EXCLUDED(mutex_);
  // Notes that it could not be opened, whatever failed before: a database that ran
  // full is not full for ever when its files are damaged.
  absl::Status FailToOpen(const rocksdb::Status& status) ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status NoteFailure(const rocksdb::Status& status, absl::string_view what)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // One at a time passes between the two: a write, or the beginning of a sync.
  void EnterGate() ABSL_LOCKS_EXCLUDED(gate_mutex_);
  void LeaveGate() ABSL_LOCKS_EXCLUDED(gate_mutex_);
  bool IsUnleased() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return leases_ == 0; }
  bool IsSettled() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return !reopening_; }

  Settings settings_;
  std::shared_ptr<ManifestMarkFileSystem> manifest_;
  std::unique_ptr<rocksdb::Env> env_;
  rocksdb::FileSystem* file_system_ = nullptr;

  absl::Mutex gate_mutex_;
  bool gate_taken_ ABSL_GUARDED_BY(gate_mutex_) = false;

  // Held by the one that recovers.
  absl::Mutex recovery_mutex_ ABSL_ACQUIRED_BEFORE(mutex_);

  mutable absl::Mutex mutex_;
  std::unique_ptr<Opened> opened_ ABSL_GUARDED_BY(mutex_);
  mutable int leases_ ABSL_GUARDED_BY(mutex_) = 0;
  bool reopening_ ABSL_GUARDED_BY(mutex_) = false;
  Health health_ ABSL_GUARDED_BY(mutex_) = Health::kWritable;
  absl::Status write_status_ ABSL_GUARDED_BY(mutex_);
  // Of the database that is open, or that is being opened and counts from then on.
  std::optional<rocksdb::Status> background_failure_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_DATABASE_H_
