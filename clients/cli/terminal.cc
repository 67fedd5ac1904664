#include "clients/cli/terminal.h"

#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace wardbook::cli {
namespace {

// As wide as a bar may be beside its label in 80 columns.
constexpr uint64_t kBarColumns = 40;

// Keeps what is typed off the screen while it lives.
class EchoOff {
 public:
  EchoOff() : changed_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!changed_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~EchoOff() {
    if (changed_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  EchoOff(const EchoOff&) = delete;
  EchoOff& operator=(const EchoOff&) = delete;

 private:
  termios before_{};
  const bool changed_;
};

}  // namespace

absl::StatusOr<std::string> AskSecret(const Console& console, absl::string_view question) {
  if (console.asks == Interaction::kScript) {
    return absl::FailedPreconditionError(absl::StrCat(
        "There is no terminal to ask on for: ", question, ". Give it on the standard input."));
  }
  console.err << question << ": " << std::flush;
  const EchoOff echo_off;
  absl::StatusOr<std::string> answer = ReadSecretLine(console, question);
  console.err << '\n' << std::flush;
  return answer;
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
