#include "storage/rocksdb/rocksdb_status.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace wardbook::storage {

absl::Status FromRocksdb(const rocksdb::Status& status, absl::string_view what) {
  if (status.ok()) return absl::OkStatus();
  const std::string message = absl::StrCat(what, ": ", status.ToString());
  if (status.IsCorruption()) return absl::DataLossError(message);
  return absl::UnavailableError(message);
}

bool IsFullDisk(const rocksdb::Status& status) { return status.IsNoSpace(); }

}  // namespace wardbook::storage
