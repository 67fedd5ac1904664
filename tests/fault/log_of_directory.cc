#include "tests/fault/log_of_directory.h"

#include <filesystem>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/base/status_macros.h"
#include "storage/rocksdb/rocksdb_event_log_options.h"
#include "tests/testing/appends.h"

namespace wardbook::testing {

absl::StatusOr<std::unique_ptr<storage::RocksdbEventLog>> OpenLogOf(
    absl::string_view directory, std::shared_ptr<rocksdb::FileSystem> file_system) {
  WARDBOOK_ASSIGN_OR_RETURN(checkpoint::PinStore pins,
                            checkpoint::PinStore::Open(absl::StrCat(directory, "/checkpoints")));
  WARDBOOK_ASSIGN_OR_RETURN(checkpoint::NoteSigner signer,
                            checkpoint::NoteSigner::Create("log.example", TestKey()));
  storage::RocksdbEventLogOptions options;
  options.path = absl::StrCat(directory, "/log");
  options.pinning = storage::Pinning{std::move(pins), std::move(signer)};
  options.file_system = std::move(file_system);
  return storage::RocksdbEventLog::Open(std::move(options));
}

}  // namespace wardbook::testing
