// What the program's exit says to a script. README.md tells people the same.

#ifndef CLIENTS_CLI_EXIT_CODE_H_
#define CLIENTS_CLI_EXIT_CODE_H_

#include "absl/status/status.h"

namespace wardbook::cli {

// Numbers that scripts rely on: they never change.
enum class ExitCode {
  kOk = 0,
  kRefused = 1,
  kUsage = 2,
  kNotSignedIn = 3,
  kNotFound = 4,
  kConflict = 5,
  kUnreachable = 6,
  kNotVerified = 7,
  kFailed = 8,
};

// A refusal by the server, which Failure() marks, is kRefused where its status
// code alone would mean a mistake in the arguments.
ExitCode ExitCodeOf(const absl::Status& status);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_EXIT_CODE_H_
