// The log that fault tests write to, kill and open again.

#ifndef TESTS_FAULT_LOG_OF_DIRECTORY_H_
#define TESTS_FAULT_LOG_OF_DIRECTORY_H_

#include <cstddef>
#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "rocksdb/file_system.h"
#include "storage/rocksdb/rocksdb_event_log.h"

namespace wardbook::testing {

// The log in `directory`, with its pins beside it; on `file_system` if there is
// one; with memtables of a server, or of so many bytes.
absl::StatusOr<std::unique_ptr<storage::RocksdbEventLog>> OpenLogOf(
    absl::string_view directory, std::shared_ptr<rocksdb::FileSystem> file_system = nullptr,
    std::optional<size_t> memtable_bytes = std::nullopt);

// Whether every school of the log may be written to and passes the full check.
// The message names the first fault.
absl::Status CheckAllSchools(const storage::RocksdbEventLog& log);

}  // namespace wardbook::testing

#endif  // TESTS_FAULT_LOG_OF_DIRECTORY_H_
