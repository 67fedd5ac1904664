// What went wrong, from the server's answer to the words on the screen.

#ifndef CLIENTS_CLI_FAILURE_H_
#define CLIENTS_CLI_FAILURE_H_

#include <grpcpp/support/status.h>

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "clients/cli/screen.h"
#include "wardbook/v1/error.pb.h"

namespace wardbook::cli {

// The status of a call as ours. What the server said besides the code and the
// message travels with it.
absl::Status Failure(const grpc::Status& status);

// Whether it was made by Failure().
bool IsFromServer(const absl::Status& status);

// Whether the server itself wrote the message: gRPC reports its own failures with
// a message for engineers, and without the server's details.
bool IsInTheServersWords(const absl::Status& status);

// Nothing when no rule refused the call.
std::optional<v1::Refusal> RefusalOf(const absl::Status& status);

// The failure with what to do about it, shown last: a sentence and, where there
// is one, the command to copy. Fine when `status` is OK.
absl::Status WithNextStep(absl::Status status, absl::string_view next_step,
                          absl::string_view command = "");

// The failure with what only a technician wants to know, shown at the end.
absl::Status WithTechnicalDetail(absl::Status status, absl::string_view detail);

// In words: what is wrong, then the next step, then the details.
void ShowFailure(const absl::Status& status, Screen& screen);

// A wardbook.v1.Status in the JSON mapping.
void ShowFailureJson(const absl::Status& status, Screen& screen);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_FAILURE_H_
