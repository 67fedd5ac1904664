// A file system on a disk that runs full, or breaks.

#ifndef TESTS_FAULT_FAULT_FILE_SYSTEM_H_
#define TESTS_FAULT_FAULT_FILE_SYSTEM_H_

#include <cstdint>
#include <limits>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "rocksdb/file_system.h"

namespace wardbook::testing {

// Safe for concurrent use.
class FaultFileSystem : public rocksdb::FileSystemWrapper {
 public:
  FaultFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}

  // The disk takes this many bytes more, and as many again as files had that are deleted,
  // replaced or cut short; of an append that does not fit it takes what fits.
  void SetRoom(uint64_t bytes) ABSL_LOCKS_EXCLUDED(mutex_);
  // The disk finds out that it is full when it syncs; what was written is there all the
  // same.
  void RefuseSyncs() ABSL_LOCKS_EXCLUDED(mutex_);
  // No compaction can write another byte: the disk is full for them alone.
  void RefuseCompactions() ABSL_LOCKS_EXCLUDED(mutex_);
  // After this many operations more, every append, truncation, sync of a file or
  // a directory, creation, reopening, deletion, rename and question for a size
  // fails.
  void BreakAfter(uint64_t operations) ABSL_LOCKS_EXCLUDED(mutex_);
  // As BreakAfter, but only syncs count and fail.
  void BreakSyncsAfter(uint64_t syncs) ABSL_LOCKS_EXCLUDED(mutex_);
  // There is room, and everything works.
  void Heal() ABSL_LOCKS_EXCLUDED(mutex_);

  // How often a fault has shown.
  uint64_t faults() const ABSL_LOCKS_EXCLUDED(mutex_);

  const char* Name() const override { return "FaultFileSystem"; }
  rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReopenWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                       std::unique_ptr<rocksdb::FSWritableFile>* result,
                                       rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewDirectory(const std::string& path, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* result,
                                 rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus DeleteFile(const std::string& path, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus GetFileSize(const std::string& path, const rocksdb::IOOptions& options,
                                uint64_t* size, rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus GetFreeSpace(const std::string& path, const rocksdb::IOOptions& options,
                                 uint64_t* bytes, rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;

 private:
  class File;
  class Directory;
  static constexpr uint64_t kNever = std::numeric_limits<uint64_t>::max();

  // How much of `bytes` the disk takes.
  uint64_t TakeRoom(uint64_t bytes) ABSL_LOCKS_EXCLUDED(mutex_);
  void GiveRoomBack(uint64_t bytes) ABSL_LOCKS_EXCLUDED(mutex_);
  // What the file takes; nothing when there is none.
  uint64_t BytesOf(const std::string& path) const;
  rocksdb::IOStatus Operate() ABSL_LOCKS_EXCLUDED(mutex_);
  rocksdb::IOStatus OperateSync() ABSL_LOCKS_EXCLUDED(mutex_);

  mutable absl::Mutex mutex_;
  uint64_t room_ ABSL_GUARDED_BY(mutex_) = kNever;
  bool syncs_refused_ ABSL_GUARDED_BY(mutex_) = false;
  bool compactions_refused_ ABSL_GUARDED_BY(mutex_) = false;
  uint64_t operations_left_ ABSL_GUARDED_BY(mutex_) = kNever;
  uint64_t syncs_left_ ABSL_GUARDED_BY(mutex_) = kNever;
  uint64_t faults_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace wardbook::testing

#endif  // TESTS_FAULT_FAULT_FILE_SYSTEM_H_
