// Begins a write-ahead log only when what was written to those before it is durable.
//
// What is written without a sync goes to the disk at a time of the kernel's choice. When a
// memtable is full, RocksDB goes on in another write-ahead log, and where the power fails
// before anybody syncs, the newer log may be there and the end of the older one not. If it
// was cut between two batches RocksDB takes it for the whole of it, and what is opened then
// has later batches without earlier ones: a view without a case, a file without a chunk. So
// the older log is synced before the newer one exists: once a memtable.
//
// Whoever syncs the older log then may be doing so already, on another thread. The kernel
// tells of pages that it could not write once, and takes them for written from then on: so
// a log is synced by one thread at a time, and one sync that has failed fails all that
// follow.

#ifndef STORAGE_ROCKSDB_LOG_ORDER_FILE_SYSTEM_H_
#define STORAGE_ROCKSDB_LOG_ORDER_FILE_SYSTEM_H_

#include <memory>
#include <set>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "rocksdb/file_system.h"

namespace wardbook::storage {

// Safe for concurrent use.
class LogOrderFileSystem : public rocksdb::FileSystemWrapper {
 public:
  explicit LogOrderFileSystem(const std::shared_ptr<rocksdb::FileSystem>& target)
      : FileSystemWrapper(target) {}

  const char* Name() const override { return "LogOrderFileSystem"; }
  // Of a write-ahead log fails when one before it cannot be synced; then there is no file.
  rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* debug) override;

 private:
  class Log;

  absl::Mutex mutex_;
  // Those that are open for writing.
  std::set<rocksdb::FSWritableFile*> open_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_LOG_ORDER_FILE_SYSTEM_H_
