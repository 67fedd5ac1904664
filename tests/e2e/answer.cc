#include "tests/e2e/answer.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace wardbook::e2e {

std::optional<wardbook::v1::Refusal> RefusalOf(const grpc::Status& status) {
  wardbook::v1::Status details;
  wardbook::v1::Refusal refusal;
  const bool whole = details.ParseFromString(status.error_details()) &&
                     details.details_size() == 1 && details.details(0).UnpackTo(&refusal);
  if (!whole || details.code() != status.error_code() ||
      details.message() != status.error_message() || refusal.message() != details.message()) {
    return std::nullopt;
  }
  return refusal;
}

std::string FaultOf(const wardbook::v1::Refusal& refusal) {
  if (refusal.message().empty()) return "a refusal without a message";
  if (refusal.next_step().empty()) return "a refusal without a next step";
  // A conflict shows entries of the case to somebody who may see them.
  wardbook::v1::Refusal words = refusal;
  words.clear_conflict();
  for (absl::string_view mark : kMarks) {
    if (absl::StrContains(words.SerializeAsString(), mark)) return "a refusal that tells content";
  }
  return "";
}

std::string Describe(const grpc::Status& status) {
  if (status.ok()) return "OK";
  const std::optional<wardbook::v1::Refusal> refusal = RefusalOf(status);
  return absl::StrCat("status ", status.error_code(), " \"", status.error_message(), "\" ",
                      refusal.has_value() ? refusal->ShortDebugString() : "without a refusal");
}

}  // namespace wardbook::e2e
