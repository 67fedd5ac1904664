// KeyValue on RocksDB: one instance, one directory.

#ifndef STORAGE_ROCKSDB_ROCKSDB_KEY_VALUE_H_
#define STORAGE_ROCKSDB_ROCKSDB_KEY_VALUE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "storage/base/moment.h"
#include "storage/key_value.h"

namespace wardbook::storage {

class Database;

// What a store holds.
enum class Profile {
  kSmallRows,  // Many short values: keys, view rows.
  kBlobs,      // Values up to some MiB, kept in files beside the sorted keys.
};

// Safe for concurrent use. After a full disk it takes writes again as soon as
// there is room, which it looks for at most once a second and only when a write
// comes.
class RocksdbKeyValue : public KeyValue {
 public:
  // Creates the directory's last element if there is none. UNAVAILABLE: it
  // cannot be opened. DATA_LOSS: it is corrupt.
  static absl::StatusOr<std::unique_ptr<KeyValue>> Open(absl::string_view path, Profile profile);

  explicit RocksdbKeyValue(std::unique_ptr<Database> database);
  ~RocksdbKeyValue() override;

  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const override;
  absl::Status Write(const WriteSet& writes, Durability durability) override;

  absl::Status Scan(absl::string_view start, absl::string_view end,
                    const std::function<bool(absl::string_view key, absl::string_view value)>&
                        visit) const override;

  absl::Status Purge(absl::string_view start, absl::string_view end) override;
  absl::Status Reclaim() override;
  absl::Status CheckBlocks() const override;

 private:
  // UNAVAILABLE: writing `bytes` would leave the disk less than `left`.
  absl::Status CheckRoom(uint64_t bytes, uint64_t left) const;

  // Opens a full store again, unless that was tried a moment ago.
  void RecoverFromFullDisk();

  const std::unique_ptr<Database> database_;

  // Shared by scans, whose iterators keep old files alive, against the end of a
  // purge, which waits until they are gone.
  mutable absl::Mutex scan_mutex_;

  absl::Mutex recovery_mutex_;
  Moment next_recovery_ ABSL_GUARDED_BY(recovery_mutex_) = Moment::min();
};

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_ROCKSDB_KEY_VALUE_H_
