// Finding out which schools a log in RocksDB has.

#ifndef STORAGE_ROCKSDB_SCHOOL_LIST_H_
#define STORAGE_ROCKSDB_SCHOOL_LIST_H_

#include <vector>

#include "absl/status/statusor.h"
#include "storage/base/ids.h"
#include "storage/rocksdb/database.h"

namespace wardbook::storage {

// The schools that have a record, in order. Where the records of one cannot be read its
// other rows tell of it. `database` was opened with LogSettings. DATA_LOSS: none of them
// can. UNAVAILABLE: the disk does not answer. Safe for concurrent use.
absl::StatusOr<std::vector<SchoolId>> ListSchools(const Database& database);

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_SCHOOL_LIST_H_
