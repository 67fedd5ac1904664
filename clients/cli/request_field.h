// Where on the command line a field of a request comes from.

#ifndef CLIENTS_CLI_REQUEST_FIELD_H_
#define CLIENTS_CLI_REQUEST_FIELD_H_

#include <string>

#include "absl/strings/string_view.h"

namespace wardbook::cli {

// "--seen-time, or --time-not-known" for "sighting.time", as a refusal names it.
std::string RequestFieldInWords(absl::string_view field);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_REQUEST_FIELD_H_
