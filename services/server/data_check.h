// The check of a data directory without a server: all that is stored.

#ifndef SERVICES_SERVER_DATA_CHECK_H_
#define SERVICES_SERVER_DATA_CHECK_H_

#include <cstdint>
#include <functional>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/server/config.h"

namespace wardbook::server {

// Who is told, a line at a time.
struct DataCheckTold {
  // Something that is wrong, naming the record or the file.
  std::function<void(absl::string_view)> fault;
  // What is being checked, or how far that has come; every few seconds.
  std::function<void(absl::string_view)> progress;
};

struct DataChecked {
  uint64_t faults = 0;
  uint64_t records = 0;
};

// Has the log of every school checked in full, with its keys, its pin and its evidence,
// then the rows of the credentials, then every block of every database. Opens the stores
// as a server does, which may write what a start writes, but leaves damaged views where
// they are. NOT_FOUND: a folder of the data directory is missing, or has no database. UNAVAILABLE:
// a store is open already, or the disk does not answer. Otherwise fails as ReadKeyFiles does.
absl::StatusOr<DataChecked> CheckData(const Config& config, const DataCheckTold& told);

}  // namespace wardbook::server

#endif  // SERVICES_SERVER_DATA_CHECK_H_
