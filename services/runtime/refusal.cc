#include "services/runtime/refusal.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace wardbook::runtime {
namespace {

using kernel::ReasonKind;

constexpr char kRefusalType[] = "type.googleapis.com/wardbook.v1.Refusal";
// Never leaves the server.
constexpr char kWriteMark[] = "wardbook/write";
constexpr char kRecordedMark[] = "wardbook/recorded";
constexpr char kRequestIdMark[] = "wardbook/request-id";
constexpr char kCaseMark[] = "wardbook/case";
constexpr char kSeenCaseMark[] = "wardbook/seen-case";

std::optional<std::string> MarkOf(const absl::Status& status, const char* mark) {
  const auto payload = status.GetPayload(mark);
  if (!payload.has_value()) return std::nullopt;
  return std::string(*payload);
}

absl::StatusCode CodeOf(ReasonKind kind) {
  switch (kind) {
    case ReasonKind::kBadRequest:
      return absl::StatusCode::kInvalidArgument;
    case ReasonKind::kState:
      return absl::StatusCode::kFailedPrecondition;
    case ReasonKind::kNotFound:
      return absl::StatusCode::kNotFound;
    case ReasonKind::kForbidden:
      return absl::StatusCode::kPermissionDenied;
    case ReasonKind::kUnauthenticated:
      return absl::StatusCode::kUnauthenticated;
    case ReasonKind::kConflict:
      return absl::StatusCode::kAborted;
    case ReasonKind::kAlreadyExists:
      return absl::StatusCode::kAlreadyExists;
    case ReasonKind::kOutOfRange:
      return absl::StatusCode::kOutOfRange;
    case ReasonKind::kExhausted:
      return absl::StatusCode::kResourceExhausted;
  }
  return absl::StatusCode::kUnknown;
}

absl::Status WithRefusal(absl::StatusCode code, const wardbook::v1::Refusal& refusal) {
  absl::Status status(code, refusal.message());
  status.SetPayload(kRefusalType, absl::Cord(refusal.SerializeAsString()));
  return status;
}

// What the server knows of a failure may name more than the caller should see.
std::string PublicMessage(const absl::Status& status) {
  if (status.GetPayload(kRecordedMark).has_value()) {
    return absl::IsDataLoss(status)
               ? "What you sent is recorded, but what is stored could not be read for the answer. "
                 "The administrator must check the log. If you send it again, it will not be "
                 "recorded twice."
               : "What you sent is recorded, but the server cannot give the answer now. Try again "
                 "in a minute; it will not be recorded twice.";
  }
  switch (status.code()) {
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kInternal:
      return "Something went wrong on the server. Nothing was recorded. Try again later.";
    case absl::StatusCode::kDataLoss:
      return "What is stored could not be read. The administrator must check the log.";
    case absl::StatusCode::kUnavailable:
      return status.GetPayload(kWriteMark).has_value()
                 ? "The server cannot record anything now. Keep what you typed and try again; if "
                   "it was recorded after all, it will not be recorded twice."
                 : "The server cannot answer this now. Try again in a minute.";
    default:
      return std::string(status.message());
  }
}

}  // namespace

absl::Status Refuse(kernel::Reason reason, absl::string_view field) {
  return Refuse(kernel::Rejected{reason, std::string(field)});
}

absl::Status Refuse(const kernel::Rejected& rejected) {
  const kernel::ReasonText& text = kernel::Describe(rejected.reason);
  wardbook::v1::Refusal refusal;
  refusal.set_code(std::string(text.code));
  for (absl::string_view clause : absl::StrSplit(text.clauses, ' ', absl::SkipEmpty())) {
    refusal.add_clauses(std::string(clause));
  }
  if (refusal.clauses().empty() && !rejected.clause.empty()) refusal.add_clauses(rejected.clause);
  refusal.set_message(std::string(text.message));
  refusal.set_next_step(std::string(text.next_step));
  refusal.set_field(rejected.field);
  return WithRefusal(CodeOf(text.kind), refusal);
}

std::optional<wardbook::v1::Refusal> RefusalOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kRefusalType);
  wardbook::v1::Refusal refusal;
  if (!payload.has_value() || !refusal.ParseFromString(std::string(*payload))) return std::nullopt;
  return refusal;
}

bool IsRefusal(const absl::Status& status) { return status.GetPayload(kRefusalType).has_value(); }

bool IsRefusal(const absl::Status& status, kernel::Reason reason) {
  const std::optional<wardbook::v1::Refusal> refusal = RefusalOf(status);
  return refusal.has_value() && absl::string_view(refusal->code()) == kernel::Describe(reason).code;
}

absl::Status WithConflict(const absl::Status& refusal, const wardbook::v1::Conflict& conflict) {
  std::optional<wardbook::v1::Refusal> with = RefusalOf(refusal);
  if (!with.has_value()) return refusal;
  *with->mutable_conflict() = conflict;
  return WithRefusal(refusal.code(), *with);
}

absl::Status OfRequestId(absl::Status status, absl::string_view request_id) {
  if (IsRefusal(status)) status.SetPayload(kRequestIdMark, absl::Cord(request_id));
  return status;
}

absl::Status OfCase(absl::Status status, absl::string_view case_ref) {
  if (IsRefusal(status)) status.SetPayload(kCaseMark, absl::Cord(case_ref));
  return status;
}

absl::Status OfSeenCase(absl::Status status) {
  if (IsRefusal(status)) status.SetPayload(kSeenCaseMark, absl::Cord());
  return status;
}

RefusedRequest RefusedRequestOf(const absl::Status& status) {
  return {MarkOf(status, kRequestIdMark), MarkOf(status, kCaseMark),
          MarkOf(status, kSeenCaseMark).has_value()};
}

absl::Status OfWrite(absl::Status status) {
  if (!status.ok() && !IsRefusal(status)) status.SetPayload(kWriteMark, absl::Cord());
  return status;
}

absl::Status OfRecorded(absl::Status status) {
  if (!status.ok() && !IsRefusal(status)) status.SetPayload(kRecordedMark, absl::Cord());
  return status;
}

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  wardbook::v1::Status details;
  details.set_code(static_cast<int>(status.code()));
  details.set_message(PublicMessage(status));
  if (const auto payload = status.GetPayload(kRefusalType)) {
    google::protobuf::Any* detail = details.add_details();
    detail->set_type_url(kRefusalType);
    detail->set_value(std::string(*payload));
  }
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), details.message(),
                      details.SerializeAsString());
}

}  // namespace wardbook::runtime
