// What the server answered, and what every refusal must have.
//
//   EXPECT_THAT(answer, IsRefused(grpc::INVALID_ARGUMENT, "R-SIGHTING", "P44"));

#ifndef TESTS_E2E_ANSWER_H_
#define TESTS_E2E_ANSWER_H_

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "google/protobuf/message.h"
#include "grpcpp/support/status.h"
#include "wardbook/v1/error.pb.h"
#include "wardbook/v1/receipt.pb.h"

namespace wardbook::e2e {

// Words of which each stands in everything that is typed in one school, names and
// passwords included: they tell what leaks. Of one length, so that the same
// request is as long in every school.
inline constexpr absl::string_view kMarks[] = {"Wrenfold", "Larkmere"};

// `response` means something only where the status is OK; of a stream it is all
// messages that came.
template <class Response>
struct Answer {
  grpc::Status status;
  Response response;

  bool ok() const { return status.ok(); }
};

// What travels with a failed call; nothing when it is not as error.proto has it,
// or disagrees with the status that it came with.
std::optional<wardbook::v1::Refusal> RefusalOf(const grpc::Status& status);

// What is wrong with a refusal whoever refuses and whatever for: no message, no
// next step, words that somebody typed. Empty when nothing is.
std::string FaultOf(const wardbook::v1::Refusal& refusal);

std::string Describe(const grpc::Status& status);

// The receipt in the response to a mutation.
wardbook::v1::Receipt ReceiptOf(const google::protobuf::Message& response);

// What the response to a mutation says that must be the same each time. A receipt
// comes under the newest checkpoint, which grows with the log, and what a case
// still lacks is that of now.
std::string Lasting(const google::protobuf::Message& response);

inline const grpc::Status& StatusOf(const grpc::Status& status) { return status; }
template <class Response>
const grpc::Status& StatusOf(const Answer<Response>& answer) {
  return answer.status;
}

template <class Response>
void PrintTo(const Answer<Response>& answer, std::ostream* out) {
  *out << Describe(answer.status);
}

MATCHER(IsAnswered, "is answered with OK") {
  *result_listener << Describe(StatusOf(arg));
  return StatusOf(arg).ok();
}

// Refused with this status code, for this reason and, where the policy speaks of
// it, by these clauses, such as "P36 P38".
MATCHER_P3(IsRefused, code, reason, clauses,
           std::string("is refused for ") + reason + " by \"" + clauses + "\"") {
  *result_listener << Describe(StatusOf(arg));
  const std::optional<wardbook::v1::Refusal> refusal = RefusalOf(StatusOf(arg));
  if (!refusal.has_value()) return false;
  *result_listener << FaultOf(*refusal);
  const std::vector<std::string> named(refusal->clauses().begin(), refusal->clauses().end());
  return StatusOf(arg).error_code() == code && refusal->code() == reason &&
         absl::StrJoin(named, " ") == clauses && FaultOf(*refusal).empty();
}

// For a reason of which the policy does not speak.
inline auto IsRefused(grpc::StatusCode code, const char* reason) {
  return IsRefused(code, reason, "");
}

}  // namespace wardbook::e2e

#endif  // TESTS_E2E_ANSWER_H_
