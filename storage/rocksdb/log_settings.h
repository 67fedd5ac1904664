// How the log's database is opened.

#ifndef STORAGE_ROCKSDB_LOG_SETTINGS_H_
#define STORAGE_ROCKSDB_LOG_SETTINGS_H_

#include <memory>

#include "absl/strings/string_view.h"
#include "rocksdb/file_system.h"
#include "storage/rocksdb/database.h"

namespace wardbook::storage {

// `file_system` may be nothing: the machine's own. The reason of every setting
// is in storage/rocksdb/README.md.
Database::Settings LogSettings(absl::string_view path,
                               std::shared_ptr<rocksdb::FileSystem> file_system);

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_LOG_SETTINGS_H_
