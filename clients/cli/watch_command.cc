// Changes to cases as they are recorded.

#include <optional>

#include "clients/cli/case_summary.h"
#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "clients/cli/kept_checkpoint.h"
#include "wardbook/v1/audit_service.grpc.pb.h"
#include "wardbook/v1/case_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using v1::WatchCasesResponse;

// A server that is away for longer is not merely being restarted.
constexpr int kReconnectsMax = 6;

void ShowChange(const WatchCasesResponse& change, Screen& screen) {
  switch (change.change_case()) {
    case WatchCasesResponse::kHandled:
      ShowSummary(change.handled(), screen);
      break;
    case WatchCasesResponse::kFiled:
      ShowReport(change.filed(), screen);
      break;
    case WatchCasesResponse::kHeartbeat:
    case WatchCasesResponse::CHANGE_NOT_SET:
      break;
  }
}

// The newest record of the log when the watch begins: one that is lost before it
// has shown anything goes on from there. Nothing when the server does not say;
// the watch is then from its own connection on.
std::optional<uint64_t> NewestRecord(const Connection& connection, const SchoolId& school) {
  const absl::StatusOr<v1::GetCheckpointResponse> response = connection.Call(
      &v1::AuditService::Stub::GetCheckpoint, v1::GetCheckpointRequest(), Repeat::kSafe);
  if (!response.ok()) return std::nullopt;
  const absl::StatusOr<KeptCheckpoint> newest =
      CheckCheckpoint(response->verifier_key(), response->checkpoint(), school);
  if (!newest.ok() || newest->checkpoint.size == 0) return std::nullopt;
  return newest->checkpoint.size - 1;
}

// Whether the log has no record at the position that the watch was to go on from.
bool IsOfUnknownPosition(const absl::Status& status) {
  const std::optional<v1::Refusal> refusal = RefusalOf(status);
  return refusal.has_value() && refusal->code() == "R-SEEN-POSITION";
}

// Until the user breaks it off, or the server refuses or stays away.
absl::Status Watch(Program& program, v1::WatchCasesRequest request) {
  WARDBOOK_ASSIGN_OR_RETURN(const Connection* connection, program.SignedIn());
  if (program.console().shows_progress == Interaction::kTerminal) {
    program.error_screen().Line("Waiting for changes. Ctrl-C ends it.");
  }
  // A record that the user has named is refused to them where the log does not have it.
  bool is_named = request.has_after_position();
  if (!is_named) {
    WARDBOOK_ASSIGN_OR_RETURN(const SessionState session, program.Session());
    const std::optional<uint64_t> newest = NewestRecord(*connection, session.school);
    if (newest.has_value()) request.set_after_position(*newest);
  }
  for (int lost = 0;;) {
    absl::Status status = connection->Stream(
        &v1::CaseService::Stub::WatchCases, request, [&](const WatchCasesResponse& change) {
          lost = 0;
          is_named = false;
          request.set_after_position(change.position());
          program.format() == Format::kJson ? program.screen().Json(change)
                                            : ShowChange(change, program.screen());
          return absl::OkStatus();
        });
    if (!is_named && request.has_after_position() && IsOfUnknownPosition(status) &&
        ++lost <= kReconnectsMax) {
      program.error_screen().Line("The log ends before record ", request.after_position(),
                                  " now, which was watched; it may have been restored from a "
                                  "backup. Watching from now on. Read again what you have open.");
      request.clear_after_position();
      continue;
    }
    const bool ended = status.ok() || (absl::IsUnavailable(status) && !RefusalOf(status));
    if (!ended || ++lost > kReconnectsMax) return status;
    connection->Pause(lost);
  }
}

}  // namespace

void AddWatchCommand(Program& program, CLI::App& noun) {
  CLI::App& app = *noun.add_subcommand("watch", "Show changes as they happen; Ctrl-C ends it");
  const Command<v1::WatchCasesRequest> command(app, program.console());
  command.Number(
      "--after",
      [&request = command.request()](uint64_t position) { request.set_after_position(position); },
      "Begin after this record of the log; with the next change if not given", Need::kOptional);
  program.WhenChosen(app, [&program, command] { return Watch(program, command.request()); });
}

}  // namespace wardbook::cli
