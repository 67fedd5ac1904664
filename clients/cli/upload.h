// Getting a file to the server, in as many goes as it takes.

#ifndef CLIENTS_CLI_UPLOAD_H_
#define CLIENTS_CLI_UPLOAD_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/cli/connection.h"
#include "storage/base/ids.h"

namespace wardbook::cli {

// A file to upload, as it was when it was measured.
struct LocalFile {
  std::string path;
  uint64_t size = 0;
  Hash sha256;
};

// NOT_FOUND: there is no such file. INVALID_ARGUMENT: it is a directory or
// something else that is no file. INTERNAL: it cannot be looked at.
absl::StatusOr<uint64_t> SizeOfFile(const std::string& path);

// Reads the file through. NOT_FOUND: there is no such file. INVALID_ARGUMENT: it
// is empty. INTERNAL: it cannot be read.
absl::StatusOr<LocalFile> MeasureFile(const std::string& path);

// Sends the rest of the file, from what the server has on, and goes on after a
// broken stream from what arrived. Gives up after several goes that brought
// nothing. INVALID_ARGUMENT: the upload is for a file of another size. Otherwise
// fails as the calls do.
absl::Status SendFile(const Connection& connection, const std::string& upload_id,
                      const LocalFile& file, uint64_t chunk_size,
                      const std::function<void(uint64_t sent)>& progress);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_UPLOAD_H_
