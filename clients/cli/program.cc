#include "clients/cli/program.h"

#include <utility>

#include "clients/cli/failure.h"
#include "storage/base/ids.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/random.h"

namespace wardbook::cli {

Program::Program(Console console)
    : console_(console),
      screen_(console.out),
      error_screen_(console.err),
      app_("Wardbook keeps a school's safeguarding cases as a history that can be proved.",
           "wardbook") {
  app_.require_subcommand(1);
  // The options below may stand before or after the command.
  app_.fallthrough();
  app_.add_flag("--json", json_, "Print the answer as JSON, for scripts");
  app_.add_option("--expected-revision", expected_revision_,
                  "Record only if the case is still at this revision");
  app_.add_option("--request-id", request_id_,
                  "A UUID: the same request sent twice is recorded once (made if not given)")
      ->check([](const std::string& text) {
        return RequestIdFromUuid(text).has_value() ? "" : "not a UUID";
      });
}

CLI::App& Program::Noun(const std::string& name, const std::string& description) {
  CLI::App& noun = *app_.add_subcommand(name, description);
  noun.require_subcommand(1);
  return noun;
}

CLI::App& Program::Command(const std::string& name, const std::string& description) {
  return *app_.add_subcommand(name, description);
}

void Program::WhenChosen(CLI::App& command, std::function<absl::Status()> run) {
  command.callback([this, run = std::move(run)] { chosen_ = run; });
}

ExitCode Program::Run(int argc, const char* const* argv) {
  try {
    app_.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // Help is asked for as well as wrong arguments are told in this way.
    const int code = app_.exit(error, console_.out, console_.err);
    return code == 0 ? ExitCode::kOk : ExitCode::kUsage;
  }
  if (request_id_.empty()) request_id_ = UuidText(crypto::NewRequestId());
  const absl::Status status = chosen_();
  if (!status.ok()) {
    format() == Format::kJson ? ShowFailureJson(status, error_screen_)
                              : ShowFailure(status, error_screen_);
  }
  return ExitCodeOf(status);
}

absl::StatusOr<SessionState> Program::Session() const {
  WARDBOOK_ASSIGN_OR_RETURN(const std::string directory, ConfigDirectory());
  return SessionFile(directory).Load();
}

absl::StatusOr<const Connection*> Program::SignedIn() {
  if (connection_ == nullptr) {
    WARDBOOK_ASSIGN_OR_RETURN(const SessionState session, Session());
    connection_ = std::make_unique<Connection>(session.server, session.ca_pem,
                                               Caller{session.token, session.seen_position});
  }
  return connection_.get();
}

absl::Status Program::Remember(uint64_t position) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::string directory, ConfigDirectory());
  const SessionFile file(directory);
  WARDBOOK_ASSIGN_OR_RETURN(const SessionState session, file.Load());
  return file.Raise(session.token, position);
}

}  // namespace wardbook::cli
