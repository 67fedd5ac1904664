// How a KeyValue's database is opened; also on a file system of a test's choice.

#ifndef STORAGE_ROCKSDB_KEY_VALUE_SETTINGS_H_
#define STORAGE_ROCKSDB_KEY_VALUE_SETTINGS_H_

#include "absl/strings/string_view.h"
#include "storage/rocksdb/database.h"
#include "storage/rocksdb/rocksdb_key_value.h"

namespace wardbook::storage {

Database::Settings KeyValueSettings(absl::string_view path, Profile profile);

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_KEY_VALUE_SETTINGS_H_
