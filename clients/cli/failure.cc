#include "clients/cli/failure.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/timeline.h"

namespace wardbook::cli {
namespace {

constexpr char kDetailsPayload[] = "type.googleapis.com/wardbook.v1.Status";

v1::Status DetailsOf(const absl::Status& status) {
  v1::Status details;
  if (const absl::optional<absl::Cord> payload = status.GetPayload(kDetailsPayload)) {
    // Bytes that do not parse leave the code and the message, set below.
    if (!details.ParseFromString(std::string(*payload))) details.Clear();
  }
  details.set_code(status.raw_code());
  details.set_message(std::string(status.message()));
  return details;
}

void ShowRefusal(const v1::Refusal& refusal, Screen& screen) {
  std::string why = refusal.code();
  if (refusal.clauses_size() > 0) {
    absl::StrAppend(&why, why.empty() ? "" : ", ",
                    refusal.clauses_size() == 1 ? "clause " : "clauses ",
                    absl::StrJoin(refusal.clauses(), ", "));
  }
  screen.Line("Refused", why.empty() ? "" : absl::StrCat(" (", why, ")"), ": ", refusal.message());
  if (!refusal.next_step().empty()) screen.Line("Next: ", refusal.next_step());
  if (!refusal.field().empty()) screen.Line("Look at: ", refusal.field());
  if (!refusal.has_conflict()) return;
  screen.Line("The case is now at revision ", refusal.conflict().current_revision(),
              ". To go on: --expected-revision ", refusal.conflict().current_revision());
  if (refusal.conflict().entries_size() > 0) screen.Line("Recorded in between:");
  for (const v1::TimelineEntry& entry : refusal.conflict().entries()) {
    ShowEntry(entry, Names::kLeaveOut, screen);
  }
}

std::string WhatHappened(const absl::Status& status) {
  const std::string message(status.message());
  if (!IsFromServer(status)) return message;
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return absl::StrCat("The server did not answer (", message, ").");
    case absl::StatusCode::kUnauthenticated:
      return "You are not signed in, or the user name, password or code is not right.";
    default:
      return message.empty() ? absl::StatusCodeToString(status.code()) : message;
  }
}

std::string Advice(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnauthenticated:
      return "Sign in: wardbook sign-in --help";
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return "Check the network and try again. If you gave a --request-id, give the same one.";
    default:
      return "";
  }
}

}  // namespace

absl::Status Failure(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status failure(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  failure.SetPayload(kDetailsPayload, absl::Cord(status.error_details()));
  return failure;
}

bool IsFromServer(const absl::Status& status) {
  return status.GetPayload(kDetailsPayload).has_value();
}

std::optional<v1::Refusal> RefusalOf(const absl::Status& status) {
  const v1::Status details = DetailsOf(status);
  for (const google::protobuf::Any& detail : details.details()) {
    v1::Refusal refusal;
    if (detail.UnpackTo(&refusal)) return refusal;
  }
  return std::nullopt;
}

void ShowFailure(const absl::Status& status, Screen& screen) {
  const std::optional<v1::Refusal> refusal = RefusalOf(status);
  if (refusal.has_value()) {
    ShowRefusal(*refusal, screen);
    return;
  }
  screen.Line(WhatHappened(status));
  const std::string advice = Advice(status);
  if (!advice.empty()) screen.Line("Next: ", advice);
}

void ShowFailureJson(const absl::Status& status, Screen& screen) { screen.Json(DetailsOf(status)); }

}  // namespace wardbook::cli
