#include "clients/cli/program.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "clients/cli/failure.h"
#include "clients/cli/help_page.h"
#include "storage/base/ids.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/random.h"

namespace wardbook::cli {
namespace {

// The first argument that was taken for a command and is none.
std::optional<std::string> UnknownCommand(const CLI::App& program) {
  const std::vector<std::string> remaining = program.remaining(/*recurse=*/true);
  if (remaining.empty()) return std::nullopt;
  return remaining.front();
}

}  // namespace

Program::Program(Console console)
    : console_(console),
      screen_(console.out, console.out_columns),
      error_screen_(console.err, console.err_columns),
      app_("Wardbook keeps a school's safeguarding cases as a history that can be proved.",
           "wardbook") {
  // Inherited by the commands, so it comes before them.
  app_.formatter(std::make_shared<HelpPage>(console.out_columns));
  app_.set_version_flag("--version", "wardbook " WARDBOOK_VERSION, "Print the version and exit");
  app_.require_subcommand(1);
  // The options below may stand before or after the command.
  app_.fallthrough();
  app_.add_flag("--json", json_, "Print the answer as JSON, for scripts");
  app_.add_option("--expected-revision", expected_revision_,
                  "Record only if the case has no more entries than this")
      ->type_name("NUMBER");
  app_.add_option("--request-id", request_id_,
                  "A UUID: the same request sent twice is recorded once (made if not given)")
      ->type_name("UUID")
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

void Program::Sends(const std::string& request, const CLI::App& command) {
  senders_.emplace(request, &command);
}

const CLI::App* Program::SenderOf(const std::string& request) const {
  const auto found = senders_.find(request);
  return found == senders_.end() ? nullptr : found->second;
}

void Program::WhenChosen(CLI::App& command, std::function<absl::Status()> run) {
  command.callback([this, run = std::move(run)] { chosen_ = run; });
}

ExitCode Program::Run(int argc, const char* const* argv) {
  try {
    app_.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // An option that was read before the fault is not set yet.
    for (int i = 1; i < argc; ++i) json_ = json_ || absl::string_view(argv[i]) == "--json";
    return EndOfParsing(error);
  }
  if (request_id_.empty()) request_id_ = UuidText(crypto::NewRequestId());
  const absl::Status status = chosen_();
  return status.ok() ? ExitCode::kOk : Fail(status);
}

ExitCode Program::EndOfParsing(const CLI::ParseError& error) {
  // Help and the version end the parsing as a fault does.
  if (error.get_exit_code() == 0) {
    app_.exit(error, console_.out, console_.err);
    return ExitCode::kOk;
  }
  // What we say of an argument ends with a full stop already.
  std::string wrong = absl::StrCat(absl::StripSuffix(error.what(), "."), ".");
  const bool lacks_command = AppReached(app_).get_require_subcommand_min() > 0 &&
                             error.get_name() == CLI::RequiredError("").get_name();
  if (lacks_command) {
    if (const std::optional<std::string> unknown = UnknownCommand(app_)) {
      wrong = absl::StrCat("\"", *unknown, "\" is no command of ", CommandReached(app_), ".");
    } else if (format() == Format::kWords) {
      console_.err << app_.help() << std::flush;
      return ExitCode::kUsage;
    }
  }
  return Fail(WithNextStep(absl::InvalidArgumentError(wrong), "See what the command takes.",
                           absl::StrCat(CommandReached(app_), " --help")));
}

ExitCode Program::Fail(const absl::Status& status) {
  format() == Format::kJson ? ShowFailureJson(status, error_screen_)
                            : ShowFailure(status, error_screen_);
  return ExitCodeOf(status);
}

absl::StatusOr<SessionState> Program::Session() const {
  WARDBOOK_ASSIGN_OR_RETURN(const std::string directory, ConfigDirectory());
  return SessionFile(directory).Load();
}

absl::StatusOr<const Connection*> Program::SignedIn() {
  if (connection_ == nullptr) {
    WARDBOOK_ASSIGN_OR_RETURN(const SessionState session, Session());
    connection_ =
        std::make_unique<Connection>(session.destination.server, session.destination.ca_pem,
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
