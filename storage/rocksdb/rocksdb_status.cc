#include "storage/rocksdb/rocksdb_status.h"

#include <cerrno>
#include <string>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace wardbook::storage {

absl::Status FromRocksdb(const rocksdb::Status& status, absl::string_view what) {
  if (status.ok()) return absl::OkStatus();
  const std::string message = absl::StrCat(what, ": ", status.ToString());
  if (status.IsCorruption()) return absl::DataLossError(message);
  return absl::UnavailableError(message);
}

// RocksDB has no code for it.
bool IsOpenElsewhere(const rocksdb::Status& status) {
  const std::string message = status.ToString();
  return absl::StrContains(message, "lock hold by current process") ||
         (absl::StrContains(message, "While lock file") &&
          absl::StrContains(message, std::generic_category().message(EAGAIN)));
}

bool IsFullDisk(const rocksdb::Status& status) { return status.IsNoSpace(); }

}  // namespace wardbook::storage
