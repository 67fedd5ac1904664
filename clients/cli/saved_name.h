// The name under which somebody may save a file that somebody else has named.

#ifndef CLIENTS_CLI_SAVED_NAME_H_
#define CLIENTS_CLI_SAVED_NAME_H_

#include <string>

#include "absl/strings/string_view.h"

namespace wardbook::cli {

// The last part of `given`, whatever system it is a path of, without control characters
// and without what a shell or a listing reads as more than a name: a dot or a hyphen at
// the beginning. No longer than a directory takes. "file" where nothing is left.
std::string SavedName(absl::string_view given);

// The same with `mark` before its extension.
std::string WithMark(absl::string_view saved_name, absl::string_view mark);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_SAVED_NAME_H_
