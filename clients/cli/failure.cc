#include "clients/cli/failure.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/request_field.h"
#include "clients/cli/timeline.h"

namespace wardbook::cli {
namespace {

constexpr char kDetailsPayload[] = "type.googleapis.com/wardbook.v1.Status";
constexpr char kNextStepPayload[] = "wardbook.cli/next-step";
constexpr char kCommandPayload[] = "wardbook.cli/command";
constexpr char kTechnicalPayload[] = "wardbook.cli/technical";

std::string PayloadOf(const absl::Status& status, absl::string_view name) {
  const absl::optional<absl::Cord> payload = status.GetPayload(name);
  return payload.has_value() ? std::string(*payload) : "";
}

v1::Status DetailsOf(const absl::Status& status) {
  v1::Status details;
  // Bytes that do not parse leave the code and the message, set below.
  if (!details.ParseFromString(PayloadOf(status, kDetailsPayload))) details.Clear();
  details.set_code(status.raw_code());
  details.set_message(std::string(status.message()));
  return details;
}

void ShowConflict(const v1::Conflict& conflict, Screen& screen) {
  if (conflict.entries_size() > 0) screen.Line("Recorded in between:");
  for (const v1::TimelineEntry& entry : conflict.entries()) ShowHeading(entry, "  ", screen);
  screen.Line("To record yours after entry ", conflict.current_revision(),
              ", send it again with --expected-revision ", conflict.current_revision());
}

// The commands that do what refusals say comes next.
struct Remedy {
  absl::string_view rule;
  absl::string_view command;
};

constexpr Remedy kRemedies[] = {
    {"R-ADVICE-FIRST", "wardbook advice --help"},
    {"R-ADVICE-NOT-SOUGHT", "wardbook advice seek --help"},
    {"R-IIOC-NOSTORE", "wardbook police --help"},
    {"R-IIOC-POLICE-FIRST", "wardbook police inform --help"},
    {"R-NO-SUCH-EVIDENCE", "wardbook case show --help"},
    {"R-NO-SUCH-PERSON", "wardbook person list"},
    {"R-NOT-REFERRED", "wardbook referral make --help"},
    {"R-NOT-SIGNED-IN", "wardbook sign-in"},
    {"R-ROLE", "wardbook contacts"},
};

void ShowRemedy(const v1::Refusal& refusal, Screen& screen) {
  for (const Remedy& remedy : kRemedies) {
    if (remedy.rule == refusal.code()) screen.Command(remedy.command);
  }
}

void ShowRefusal(const v1::Refusal& refusal, Screen& screen) {
  screen.Line("Refused: ", refusal.message());
  if (!refusal.next_step().empty()) screen.Line("Next: ", refusal.next_step());
  ShowRemedy(refusal, screen);
  if (refusal.has_conflict()) {
    ShowConflict(refusal.conflict(), screen);
  } else if (!refusal.field().empty()) {
    screen.Line("Look at: ", RequestFieldInWords(refusal.field()));
  }
}

// The name of the rule: for whoever looks it up or speaks of it.
void ShowRule(const v1::Refusal& refusal, Screen& screen) {
  const int clauses = refusal.clauses_size();
  if (clauses == 0) {
    screen.Line("Rule: ", refusal.code());
  } else {
    screen.Line("Rule: ", refusal.code(), ", ", clauses == 1 ? "clause " : "clauses ",
                absl::StrJoin(refusal.clauses(), " and "), " of the policy");
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

bool IsInTheServersWords(const absl::Status& status) {
  return !PayloadOf(status, kDetailsPayload).empty();
}

std::optional<v1::Refusal> RefusalOf(const absl::Status& status) {
  const v1::Status details = DetailsOf(status);
  for (const google::protobuf::Any& detail : details.details()) {
    v1::Refusal refusal;
    if (detail.UnpackTo(&refusal)) return refusal;
  }
  return std::nullopt;
}

absl::Status WithNextStep(absl::Status status, absl::string_view next_step,
                          absl::string_view command) {
  if (status.ok()) return status;
  status.SetPayload(kNextStepPayload, absl::Cord(next_step));
  if (!command.empty()) status.SetPayload(kCommandPayload, absl::Cord(command));
  return status;
}

absl::Status WithTechnicalDetail(absl::Status status, absl::string_view detail) {
  if (!status.ok()) status.SetPayload(kTechnicalPayload, absl::Cord(detail));
  return status;
}

void ShowFailure(const absl::Status& status, Screen& screen) {
  const std::optional<v1::Refusal> refusal = RefusalOf(status);
  if (refusal.has_value()) {
    ShowRefusal(*refusal, screen);
  } else {
    const std::string message(status.message());
    screen.Line(message.empty() ? absl::StatusCodeToString(status.code()) : message);
  }
  const std::string next_step = PayloadOf(status, kNextStepPayload);
  const std::string command = PayloadOf(status, kCommandPayload);
  // The refusal has said already what comes next.
  if (!next_step.empty()) screen.Line(refusal.has_value() ? "" : "Next: ", next_step);
  if (!command.empty()) screen.Command(command);
  if (refusal.has_value()) ShowRule(*refusal, screen);
  const std::string detail = PayloadOf(status, kTechnicalPayload);
  if (!detail.empty()) screen.Line("(For the technician: ", detail, ")");
}

void ShowFailureJson(const absl::Status& status, Screen& screen) {
  v1::Status details = DetailsOf(status);
  for (const char* name : {kNextStepPayload, kCommandPayload, kTechnicalPayload}) {
    const std::string part = PayloadOf(status, name);
    if (!part.empty()) absl::StrAppend(details.mutable_message(), " ", part);
  }
  screen.Json(details);
}

}  // namespace wardbook::cli
