// A file system that forgets at a power loss what was not synced.
//
// What it models, and what it spares the store:
//   - bytes appended after a file's last sync are lost, kept, or kept up to some
//     point; those of a write-ahead log may also come back with sectors missing,
//     because blocks reach a disk in any order;
//   - of the creations and renames after a directory's last sync the later ones
//     are undone, from some point on: file systems with a journal, such as ext4
//     and XFS, keep their order;
//   - a deletion is final at once. Coming back, a deleted file would be deleted
//     again by whoever opens the store;
//   - what was synced stays.

#ifndef TESTS_FAULT_POWER_LOSS_FILE_SYSTEM_H_
#define TESTS_FAULT_POWER_LOSS_FILE_SYSTEM_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "rocksdb/file_system.h"

namespace wardbook::testing {

// How often a test lets the power fail: WARDBOOK_POWER_LOSS_ROUNDS where that is set.
int PowerLossRounds(int otherwise);

// Safe for concurrent use.
class PowerLossFileSystem : public rocksdb::FileSystemWrapper {
 public:
  PowerLossFileSystem();

  // From now on nothing can be written, whatever still runs.
  void LosePower() ABSL_LOCKS_EXCLUDED(mutex_);

  // As LosePower, when so many operations more have been done.
  void LosePowerAfter(uint64_t operations) ABSL_LOCKS_EXCLUDED(mutex_);
  // Writes, syncs, creations and renames so far.
  uint64_t operations() const ABSL_LOCKS_EXCLUDED(mutex_);

  // Makes of the files what a disk would hold after the power loss. Nobody has
  // any of them open.
  void RestorePower(std::mt19937_64& random) ABSL_LOCKS_EXCLUDED(mutex_);

  const char* Name() const override { return "PowerLossFileSystem"; }
  rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReopenWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                       std::unique_ptr<rocksdb::FSWritableFile>* result,
                                       rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReuseWritableFile(const std::string& path, const std::string& old_path,
                                      const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* result,
                                      rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewDirectory(const std::string& path, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* result,
                                 rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus DeleteFile(const std::string& path, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;

 private:
  class File;
  class Directory;

  // A file as written by this process.
  struct Tracked {
    uint64_t synced_size = 0;
    // The number of its creation or rename; nothing once its directory is synced.
    std::optional<uint64_t> operation;
    // What the name stood for until its directory is synced.
    std::optional<std::string> replaced_content;
  };

  // Counts an operation, which fails without power.
  rocksdb::IOStatus Operate() ABSL_LOCKS_EXCLUDED(mutex_);
  void Created(const std::string& path) ABSL_LOCKS_EXCLUDED(mutex_);
  void Synced(const std::string& path, uint64_t size) ABSL_LOCKS_EXCLUDED(mutex_);
  void DirectorySynced(const std::string& path) ABSL_LOCKS_EXCLUDED(mutex_);

  mutable absl::Mutex mutex_;
  bool powered_ ABSL_GUARDED_BY(mutex_) = true;
  uint64_t done_ ABSL_GUARDED_BY(mutex_) = 0;
  // Where `done_` ends.
  std::optional<uint64_t> last_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, Tracked> files_ ABSL_GUARDED_BY(mutex_);
  // Creations and renames so far.
  uint64_t operations_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace wardbook::testing

#endif  // TESTS_FAULT_POWER_LOSS_FILE_SYSTEM_H_
