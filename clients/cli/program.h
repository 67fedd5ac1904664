// One run of the program: its arguments, who is signed in, and where it writes.

#ifndef CLIENTS_CLI_PROGRAM_H_
#define CLIENTS_CLI_PROGRAM_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/cli/connection.h"
#include "clients/cli/exit_code.h"
#include "clients/cli/screen.h"
#include "clients/cli/session_file.h"
#include "clients/cli/terminal.h"

namespace wardbook::cli {

enum class Format { kWords, kJson };

// Thread-compatible. Not to be moved: commands refer to it.
class Program {
 public:
  explicit Program(Console console);
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // The commands about one noun.
  CLI::App& Noun(const std::string& name, const std::string& description);
  // A command of the program itself.
  CLI::App& Command(const std::string& name, const std::string& description);
  // What the program does when this command was chosen.
  void WhenChosen(CLI::App& command, std::function<absl::Status()> run);

  // This command sends requests of that name, such as "CloseCaseRequest".
  void Sends(const std::string& request, const CLI::App& command);
  // Null when none does.
  const CLI::App* SenderOf(const std::string& request) const;

  // Does what the arguments say, shows what went wrong if anything did.
  ExitCode Run(int argc, const char* const* argv);

  const Console& console() const { return console_; }
  Screen& screen() { return screen_; }
  // For what is not the answer.
  Screen& error_screen() { return error_screen_; }
  Format format() const { return json_ ? Format::kJson : Format::kWords; }
  std::optional<uint64_t> expected_revision() const { return expected_revision_; }
  // What the user chose, or one made for this run.
  const std::string& request_id() const { return request_id_; }

  // Where what outlives a run is kept. FAILED_PRECONDITION: nowhere.
  absl::StatusOr<std::string> ConfigDirectory() const { return cli::ConfigDirectory(); }
  // UNAUTHENTICATED: nobody is signed in.
  absl::StatusOr<SessionState> Session() const;
  // The connection of whoever is signed in. UNAUTHENTICATED: nobody is.
  absl::StatusOr<const Connection*> SignedIn();
  // Remembers that the log has reached `position`.
  absl::Status Remember(uint64_t position);

 private:
  // Tells what is wrong with the arguments, or gives the help that they ask for.
  ExitCode EndOfParsing(const CLI::ParseError& error);
  ExitCode Fail(const absl::Status& status);

  Console console_;
  Screen screen_;
  Screen error_screen_;
  CLI::App app_;
  bool json_ = false;
  std::optional<uint64_t> expected_revision_;
  std::string request_id_;
  std::function<absl::Status()> chosen_;
  std::map<std::string, const CLI::App*> senders_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_PROGRAM_H_
