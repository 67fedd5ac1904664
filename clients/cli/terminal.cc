#include "clients/cli/terminal.h"

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/interruption.h"
#include "storage/base/status_macros.h"

namespace wardbook::cli {
namespace {

// As wide as a bar may be beside its label in 80 columns.
constexpr uint64_t kBarColumns = 40;

// Longer lines are hard to read, however wide the terminal is.
constexpr size_t kColumnsMax = 100;
// Below this nothing can be laid out; the terminal breaks the lines itself.
constexpr size_t kColumnsMin = 40;

// Keeps what is typed off the screen while it lives, and no longer: a program
// that is broken off gives the terminal back as it was.
class EchoOff {
 public:
  EchoOff() {
    termios before{};
    if (::tcgetattr(STDIN_FILENO, &before) != 0) return;
    before_ = before;
    interruption_.emplace(before, "\n");
    termios quiet = before;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~EchoOff() {
    if (before_.has_value()) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &*before_);
  }
  EchoOff(const EchoOff&) = delete;
  EchoOff& operator=(const EchoOff&) = delete;

 private:
  std::optional<termios> before_;
  std::optional<Interruption> interruption_;
};

}  // namespace

std::optional<size_t> ColumnsOfTerminal(int descriptor) {
  winsize size{};
  if (::isatty(descriptor) != 1 || ::ioctl(descriptor, TIOCGWINSZ, &size) != 0) return std::nullopt;
  if (size.ws_col < kColumnsMin) return std::nullopt;
  return std::min<size_t>(size.ws_col, kColumnsMax);
}

absl::StatusOr<std::string> AskSecret(const Console& console, absl::string_view question) {
  if (console.asks == Interaction::kScript) {
    return absl::InvalidArgumentError(absl::StrCat(
        "There is no terminal to ask on for: ", question,
        ". A script gives it on the standard input; --help names the option for that."));
  }
  console.err << question << ": " << std::flush;
  absl::StatusOr<std::string> answer;
  {
    const EchoOff echo_off;
    answer = ReadSecretLine(console, question);
  }
  console.err << '\n' << std::flush;
  return answer;
}

absl::StatusOr<std::string> AskNewSecret(const Console& console, absl::string_view question) {
  WARDBOOK_ASSIGN_OR_RETURN(std::string secret, AskSecret(console, question));
  WARDBOOK_ASSIGN_OR_RETURN(const std::string again, AskSecret(console, "The same again"));
  if (again != secret) {
    return absl::InvalidArgumentError("The two are not the same. Nothing was changed; try again.");
  }
  return secret;
}

absl::StatusOr<std::string> ReadSecretLine(const Console& console, absl::string_view what) {
  std::string line;
  std::getline(console.in, line);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  if (line.empty()) return absl::InvalidArgumentError(absl::StrCat("Nothing given for: ", what));
  return line;
}

ProgressBar::ProgressBar(const Console& console, absl::string_view label)
    : console_(console), label_(label) {}

ProgressBar::~ProgressBar() {
  // Back to the first column, and the line cleared.
  if (!shown_.empty()) console_.err << "\r\x1b[K" << std::flush;
}

void ProgressBar::Show(uint64_t done, uint64_t total) {
  if (console_.shows_progress == Interaction::kScript || total == 0) return;
  const double part = static_cast<double>(std::min(done, total)) / static_cast<double>(total);
  const auto full = static_cast<size_t>(part * kBarColumns);
  std::string bar =
      absl::StrCat("\r", label_, " [", std::string(full, '#'), std::string(kBarColumns - full, '.'),
                   "] ", static_cast<int>(part * 100), "%");
  if (bar == shown_) return;
  shown_ = std::move(bar);
  console_.err << shown_ << std::flush;
}

}  // namespace wardbook::cli
