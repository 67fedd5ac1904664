// Calls of any method by its name, with the answer as it comes over the wire.

#ifndef TESTS_E2E_ANY_CALL_H_
#define TESTS_E2E_ANY_CALL_H_

#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "grpcpp/client_context.h"
#include "grpcpp/support/status.h"
#include "tests/e2e/person.h"

namespace wardbook::e2e {

struct WireAnswer {
  grpc::Status status;
  std::multimap<std::string, std::string> initial_metadata;
  std::multimap<std::string, std::string> trailing_metadata;
  std::vector<std::string> messages;

  // All of it, with bytes escaped: two answers are the same when this is.
  std::string Text() const;
};

inline const grpc::Status& StatusOf(const WireAnswer& answer) { return answer.status; }
inline void PrintTo(const WireAnswer& answer, std::ostream* out) { *out << answer.Text(); }

// Calls a method of whatever kind with one request. `method` is a full name such
// as "wardbook.v1.CaseService.GetCase".
WireAnswer CallAny(const Person& caller, absl::string_view method, absl::string_view request);

// The methods of all services of ours that the server says it has, by server
// reflection; fails a test when one is not of this build.
std::vector<const google::protobuf::MethodDescriptor*> ServedMethods(const Person& caller);

}  // namespace wardbook::e2e

#endif  // TESTS_E2E_ANY_CALL_H_
