#include "tests/fault/log_of_directory.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/base/status_macros.h"
#include "storage/fsck/fsck.h"
#include "storage/rocksdb/rocksdb_event_log_options.h"
#include "tests/testing/appends.h"

namespace wardbook::testing {

absl::StatusOr<std::unique_ptr<storage::RocksdbEventLog>> OpenLogOf(
    absl::string_view directory, std::shared_ptr<rocksdb::FileSystem> file_system,
    std::optional<size_t> memtable_bytes) {
  WARDBOOK_ASSIGN_OR_RETURN(checkpoint::PinStore pins,
                            checkpoint::PinStore::Open(absl::StrCat(directory, "/checkpoints")));
  WARDBOOK_ASSIGN_OR_RETURN(checkpoint::NoteSigner signer,
                            checkpoint::NoteSigner::Create("log.example", TestKey()));
  storage::RocksdbEventLogOptions options;
  options.path = absl::StrCat(directory, "/log");
  options.pinning = storage::Pinning{std::move(pins), std::move(signer)};
  options.file_system = std::move(file_system);
  options.memtable_bytes = memtable_bytes;
  return storage::RocksdbEventLog::Open(std::move(options));
}

absl::Status CheckAllSchools(const storage::RocksdbEventLog& log) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<SchoolId> schools, log.ListSchools());
  for (const SchoolId& school : schools) {
    WARDBOOK_RETURN_IF_ERROR(log.WriteStatus(school));
    WARDBOOK_ASSIGN_OR_RETURN(const fsck::CheckReport report, fsck::Check(log, log, school, {}));
    if (report.clean()) continue;
    const fsck::Fault& fault = report.faults.front();
    return absl::DataLossError(
        absl::StrCat("record ", fault.position, " of ", report.progress.size, " ", fault.what));
  }
  return absl::OkStatus();
}

}  // namespace wardbook::testing
