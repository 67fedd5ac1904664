// What is due and overdue for whoever asks.

#include "absl/time/clock.h"
#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "clients/cli/due_screen.h"
#include "wardbook/v1/due_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using v1::DueService;
using v1::WatchDueResponse;

// A server that is away for longer is not merely being restarted.
constexpr int kReconnectsMax = 6;

// Every list is shown whole, because what was done is no longer on it.
void ShowChange(const WatchDueResponse& change, Screen& screen) {
  switch (change.change_case()) {
    case WatchDueResponse::kList: {
      const absl::Time now = absl::Now();
      screen.Line(TimeInWords(now), ":");
      ShowDueList(change.list().items(), change.list().count(), now, screen);
      screen.Blank();
      break;
    }
    case WatchDueResponse::kHeartbeat:
    case WatchDueResponse::CHANGE_NOT_SET:
      break;
  }
}

// Until the user breaks it off, or the server refuses or stays away.
absl::Status Watch(Program& program, const v1::WatchDueRequest& request) {
  WARDBOOK_ASSIGN_OR_RETURN(const Connection* connection, program.SignedIn());
  if (program.console().shows_progress == Interaction::kTerminal) {
    program.error_screen().Line("Shown again when it changes. Ctrl-C ends it.");
  }
  for (int lost = 0;;) {
    absl::Status status = connection->Stream(
        &DueService::Stub::WatchDue, request, [&](const WatchDueResponse& change) {
          lost = 0;
          program.format() == Format::kJson ? program.screen().Json(change)
                                            : ShowChange(change, program.screen());
          return absl::OkStatus();
        });
    const bool ended = status.ok() || (absl::IsUnavailable(status) && !RefusalOf(status));
    if (!ended || ++lost > kReconnectsMax) return status;
    connection->Pause(lost);
  }
}

absl::Status List(Program& program, const v1::ListDueRequest& request) {
  WARDBOOK_ASSIGN_OR_RETURN(const Connection* connection, program.SignedIn());
  WARDBOOK_ASSIGN_OR_RETURN(const v1::ListDueResponse all,
                            AllPages(*connection, &DueService::Stub::ListDue, request));
  return Answer<v1::ListDueRequest, v1::ListDueResponse>(
      program, request, all,
      [](const v1::ListDueRequest&, const v1::ListDueResponse& response, Screen& screen) {
        ShowDueList(response.items(), response.count(), absl::Now(), screen);
      });
}

// What the command line says.
struct Given {
  bool only_overdue = false;
  bool watch = false;
};

}  // namespace

void AddDueCommand(Program& program) {
  CLI::App& app = program.Command("due", "What waits for you, the overdue first");
  auto given = std::make_shared<Given>();
  app.add_flag("--overdue", given->only_overdue, "Only what is overdue");
  app.add_flag("--watch", given->watch, "Show it again whenever it changes; Ctrl-C ends it");
  program.WhenChosen(app, [&program, given] {
    if (given->watch) {
      v1::WatchDueRequest request;
      request.set_only_overdue(given->only_overdue);
      return Watch(program, request);
    }
    v1::ListDueRequest request;
    request.set_only_overdue(given->only_overdue);
    return List(program, request);
  });
}

void ShowDueAfterSignIn(Program& program) {
  if (program.format() == Format::kJson) return;
  const absl::StatusOr<const Connection*> connection = program.SignedIn();
  if (!connection.ok()) return;
  const absl::StatusOr<v1::CountDueResponse> response =
      (*connection)->Call(&DueService::Stub::CountDue, v1::CountDueRequest(), Repeat::kNever);
  // Whoever has signed in has signed in, whatever else the server cannot say.
  if (!response.ok()) return;
  ShowDueCount(response->count(), program.screen());
  if (response->count().due() > 0) {
    program.screen().Line("Next: See what it is.");
    program.screen().Command("wardbook due");
  }
}

}  // namespace wardbook::cli
