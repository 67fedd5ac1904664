// Where RocksDB's types meet ours.

#ifndef STORAGE_ROCKSDB_ROCKSDB_STATUS_H_
#define STORAGE_ROCKSDB_ROCKSDB_STATUS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "rocksdb/slice.h"
#include "rocksdb/status.h"

namespace wardbook::storage {

inline rocksdb::Slice ToSlice(absl::string_view view) { return {view.data(), view.size()}; }
inline absl::string_view FromSlice(const rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}

// `what` was being done. DATA_LOSS for corruption, UNAVAILABLE for everything
// else; RocksDB's own message names files, never keys or values.
absl::Status FromRocksdb(const rocksdb::Status& status, absl::string_view what);

// Whether an opening failed because the database is open already, here or in another process.
bool IsOpenElsewhere(const rocksdb::Status& status);

// Whether the disk had no room, which passes, unlike any other failure.
bool IsFullDisk(const rocksdb::Status& status);

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_ROCKSDB_STATUS_H_
