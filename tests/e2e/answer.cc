#include "tests/e2e/answer.h"

#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace wardbook::e2e {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

}  // namespace

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

wardbook::v1::Receipt ReceiptOf(const Message& response) {
  const FieldDescriptor* const field = response.GetDescriptor()->FindFieldByName("receipt");
  wardbook::v1::Receipt receipt;
  receipt.CopyFrom(response.GetReflection()->GetMessage(response, field));
  return receipt;
}

std::string Lasting(const Message& response) {
  const std::unique_ptr<Message> lasting(response.New());
  lasting->CopyFrom(response);
  const google::protobuf::Reflection& reflection = *lasting->GetReflection();
  wardbook::v1::Receipt receipt = ReceiptOf(response);
  receipt.clear_checkpoint();
  reflection.MutableMessage(lasting.get(), response.GetDescriptor()->FindFieldByName("receipt"))
      ->CopyFrom(receipt);
  if (const FieldDescriptor* const remaining =
          response.GetDescriptor()->FindFieldByName("remaining_steps")) {
    reflection.ClearField(lasting.get(), remaining);
  }
  return lasting->DebugString();
}

}  // namespace wardbook::e2e
