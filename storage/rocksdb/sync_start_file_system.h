// Tells when a sync of a write-ahead log has really begun.
//
// RocksDB aborts the process when SyncWAL is called on a log of which a write
// has just failed: its writer asserts, also in Debian's package, that nobody
// touches it again. As writes and syncs overlap here, a sync must not begin
// while a write is under way, but a write may begin as soon as the sync is past
// that assertion for the newest log, the one written to, which it syncs last:
// that is when it reaches the file.

#ifndef STORAGE_ROCKSDB_SYNC_START_FILE_SYSTEM_H_
#define STORAGE_ROCKSDB_SYNC_START_FILE_SYSTEM_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "rocksdb/file_system.h"

namespace wardbook::storage {

// While it lives, a sync of the newest write-ahead log on this thread calls
// `started`, once. Thread-compatible; not nested.
class OnSyncStart {
 public:
  explicit OnSyncStart(std::function<void()> started);
  ~OnSyncStart();
  OnSyncStart(const OnSyncStart&) = delete;
  OnSyncStart& operator=(const OnSyncStart&) = delete;

  // Of the calling thread's OnSyncStart, if it has one.
  static void Signal();

 private:
  std::function<void()> started_;
};

// Another file system whose write-ahead logs signal. Safe for concurrent use.
class SyncStartFileSystem : public rocksdb::FileSystemWrapper {
 public:
  explicit SyncStartFileSystem(const std::shared_ptr<rocksdb::FileSystem>& target)
      : FileSystemWrapper(target) {}

  const char* Name() const override { return "SyncStartFileSystem"; }
  rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* debug) override;

 private:
  // How many logs were created, each of which was the newest then.
  std::atomic<uint64_t> logs_ = 0;
};

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_SYNC_START_FILE_SYSTEM_H_
