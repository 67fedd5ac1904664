// The person at the keyboard, if there is one.

#ifndef CLIENTS_CLI_TERMINAL_H_
#define CLIENTS_CLI_TERMINAL_H_

#include <cstddef>
#include <cstdint>
#include <istream>
#include <optional>
#include <ostream>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace wardbook::cli {

// How the program was started.
enum class Interaction { kTerminal, kScript };

// The streams of the program, which outlive all that has them.
struct Console {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  // Whether `in` can be asked, and whether `err` can show progress.
  Interaction asks = Interaction::kScript;
  Interaction shows_progress = Interaction::kScript;
  // How wide lines may be; nothing where a script reads.
  std::optional<size_t> out_columns = std::nullopt;
  std::optional<size_t> err_columns = std::nullopt;
};

// How wide lines may be on the terminal `descriptor`; nothing if it is none.
std::optional<size_t> ColumnsOfTerminal(int descriptor);

// Asks for something that must not be seen. INVALID_ARGUMENT: nobody is there to
// be asked, or nothing was typed.
absl::StatusOr<std::string> AskSecret(const Console& console, absl::string_view question);

// The same for a secret that is being set, which is asked for twice: nobody sees
// what is mistyped. INVALID_ARGUMENT also: the two differ.
absl::StatusOr<std::string> AskNewSecret(const Console& console, absl::string_view question);

// The next line of the input. INVALID_ARGUMENT: there is none.
absl::StatusOr<std::string> ReadSecretLine(const Console& console, absl::string_view what);

// A bar on the terminal that goes away when it is done; nothing in a script.
// Thread-compatible.
class ProgressBar {
 public:
  ProgressBar(const Console& console, absl::string_view label);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void Show(uint64_t done, uint64_t total);

 private:
  const Console& console_;
  const std::string label_;
  // What is on the screen, so that only a change is drawn.
  std::string shown_;
};

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_TERMINAL_H_
