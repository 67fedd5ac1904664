// How the help looks: what is needed first, lines that fit, no jargon.

#ifndef CLIENTS_CLI_HELP_PAGE_H_
#define CLIENTS_CLI_HELP_PAGE_H_

#include <CLI/CLI.hpp>
#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace wardbook::cli {

// Immutable.
class HelpPage : public CLI::FormatterBase {
 public:
  // Lines are broken to fit `columns`, or a usual terminal.
  explicit HelpPage(std::optional<size_t> columns);

  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override;

 private:
  const size_t columns_;
};

// What is typed for a command on a case, such as "wardbook case close WB-7K4D-9QX2
// --conclusion ...": with all that is needed, and dots for what only the user knows.
std::string TypedCommand(const CLI::App& command, absl::string_view case_ref);

// The command that the arguments have reached, such as "wardbook case note".
std::string CommandReached(const CLI::App& program);

// The deepest of the commands that the arguments have reached.
const CLI::App& AppReached(const CLI::App& program);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_HELP_PAGE_H_
