// Refusals on their way to the caller. A refusal travels through the services
// as an absl::Status whose payload is a wardbook.v1.Refusal, and leaves as a
// grpc::Status with that detail. Nothing else makes a grpc::Status.

#ifndef SERVICES_RUNTIME_REFUSAL_H_
#define SERVICES_RUNTIME_REFUSAL_H_

#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "grpcpp/support/status.h"
#include "services/kernel/decision.h"
#include "services/kernel/reason.h"
#include "wardbook/v1/error.pb.h"

namespace wardbook::runtime {

// The status of a refusal, of the code that follows from the reason's kind.
absl::Status Refuse(kernel::Reason reason, absl::string_view field = "");
absl::Status Refuse(const kernel::Rejected& rejected);

// What a refusal says to the person; nothing when `status` is none.
std::optional<wardbook::v1::Refusal> RefusalOf(const absl::Status& status);

// Whether `status` is a refusal at all: an answer to the caller, no failure.
bool IsRefusal(const absl::Status& status);
// Whether `status` is a refusal for `reason`.
bool IsRefusal(const absl::Status& status, kernel::Reason reason);

// Adds what came in between to a refusal for kRevisionConflict.
absl::Status WithConflict(const absl::Status& refusal, const wardbook::v1::Conflict& conflict);

// What the record of refusals says of the request that was refused; none
// of it leaves the server. Other statuses stay as they are.
absl::Status OfRequestId(absl::Status status, absl::string_view request_id);
absl::Status OfCase(absl::Status status, absl::string_view case_ref);
// That it was decided on a case which the caller saw then.
absl::Status OfSeenCase(absl::Status status);
// Both, as far as the request has them.
template <class Request>
absl::Status OfRequest(const Request& request, absl::Status status) {
  if (!IsRefusal(status)) return status;
  if constexpr (requires { request.request_id(); }) {
    status = OfRequestId(std::move(status), request.request_id());
  }
  if constexpr (requires { request.case_ref(); }) {
    status = OfCase(std::move(status), request.case_ref());
  }
  return status;
}

struct RefusedRequest {
  // As the client gave them; nothing where the status does not say.
  std::optional<std::string> request_id;
  std::optional<std::string> case_ref;
  bool saw_case = false;
};
RefusedRequest RefusedRequestOf(const absl::Status& status);

// Marks a failure as that of an attempt to record something, so that whoever typed
// it is told what became of it. OK and refusals stay as they are.
absl::Status OfWrite(absl::Status status);
// Marks a failure as one that came after the append: what was sent is recorded, and only
// the answer could not be given. OK and refusals stay as they are.
absl::Status OfRecorded(absl::Status status);

// What the caller gets. A status that is no refusal keeps its code; its message
// is replaced for INTERNAL, UNKNOWN and DATA_LOSS, whose text is for the log.
grpc::Status ToGrpc(const absl::Status& status);

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_REFUSAL_H_
