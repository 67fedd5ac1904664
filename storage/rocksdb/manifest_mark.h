// How far the manifest of a database is durable, and what it says so far.
//
// RocksDB reads a manifest up to the first entry that does not check out, because a
// power loss may have torn the last one. A bit that flips in an entry which was synced
// looks alike when the damage is to its length or kind: the tables of the last flush
// are forgotten then, and its write-ahead log was deleted long ago. The mark, a small
// file beside the manifest, tells the two apart.

#ifndef STORAGE_ROCKSDB_MANIFEST_MARK_H_
#define STORAGE_ROCKSDB_MANIFEST_MARK_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "rocksdb/file_system.h"
#include "rocksdb/status.h"
#include "storage/base/ids.h"

namespace wardbook::storage {

// A manifest as far as it was synced.
struct ManifestMark {
  std::string manifest;  // The name of the file.
  uint64_t size = 0;
  Hash hash;  // SHA-256 of so many bytes of it.

  bool operator==(const ManifestMark&) const = default;
};

// Another file system that marks the manifest of the one database in a directory
// before a write-ahead log, a blob file or a manifest is deleted which only an older
// manifest needs. So whatever a marked manifest no longer says was lost by the disk. Safe
// for concurrent use.
class ManifestMarkFileSystem : public rocksdb::FileSystemWrapper {
 public:
  ManifestMarkFileSystem(const std::shared_ptr<rocksdb::FileSystem>& target, std::string directory);

  // Corruption: the database is not opened, because its manifest does not begin with
  // what was marked, or is gone, or is older than the one that was marked, or the mark is
  // damaged. A manifest without a mark is one that was just made, or of a version that
  // made none.
  rocksdb::Status Check() const;

  // Marks what is durable, unless it is marked already. A database that is closed is
  // marked to its end, so that every flip in it shows.
  rocksdb::IOStatus Mark() ABSL_LOCKS_EXCLUDED(mutex_);

  const char* Name() const override { return "ManifestMarkFileSystem"; }
  rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  // Also fails when the mark cannot be written, except that a full disk keeps no blob
  // file; RocksDB tries again at the next start.
  rocksdb::IOStatus DeleteFile(const std::string& path, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;

 private:
  class File;

  std::string At(const char* name) const { return directory_ + "/" + name; }
  rocksdb::IOStatus Write(const ManifestMark& mark);
  rocksdb::IOStatus SyncDirectory();
  void Synced(const ManifestMark& durable) ABSL_LOCKS_EXCLUDED(mutex_);

  const std::string directory_;

  // Also held while a mark is written, by which the next manifest entry may wait.
  absl::Mutex mutex_;
  // The manifest that was made last, and the one that CURRENT names, if it was made here.
  ManifestMark newest_ ABSL_GUARDED_BY(mutex_);
  std::optional<ManifestMark> current_ ABSL_GUARDED_BY(mutex_);
  std::optional<ManifestMark> marked_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_MANIFEST_MARK_H_
