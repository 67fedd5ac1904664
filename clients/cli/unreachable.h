// Why the server cannot be spoken to, from gRPC's words for engineers.

#ifndef CLIENTS_CLI_UNREACHABLE_H_
#define CLIENTS_CLI_UNREACHABLE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace wardbook::cli {

// What `failure` of a call to `server` means to the person who made it, with what
// to do next; the code and gRPC's own words stay.
absl::Status Unreachable(const absl::Status& failure, absl::string_view server);

// Whether `server` is HOST:PORT or [ADDRESS]:PORT. INVALID_ARGUMENT: it is not.
absl::Status CheckServerAddress(const std::string& server);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_UNREACHABLE_H_
