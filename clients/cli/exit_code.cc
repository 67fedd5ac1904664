#include "clients/cli/exit_code.h"

#include "clients/cli/failure.h"

namespace wardbook::cli {

ExitCode ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return ExitCode::kOk;
    case absl::StatusCode::kInvalidArgument:
      return IsFromServer(status) ? ExitCode::kRefused : ExitCode::kUsage;
    case absl::StatusCode::kUnauthenticated:
      return ExitCode::kNotSignedIn;
    case absl::StatusCode::kNotFound:
      return ExitCode::kNotFound;
    case absl::StatusCode::kAborted:
      return ExitCode::kConflict;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return ExitCode::kUnreachable;
    case absl::StatusCode::kDataLoss:
      return ExitCode::kNotVerified;
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kOutOfRange:
    case absl::StatusCode::kResourceExhausted:
      return IsFromServer(status) ? ExitCode::kRefused : ExitCode::kFailed;
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kUnimplemented:
    case absl::StatusCode::kInternal:
    default:
      // absl keeps the right to add codes.
      return ExitCode::kFailed;
  }
}

}  // namespace wardbook::cli
