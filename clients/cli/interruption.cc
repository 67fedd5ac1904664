#include "clients/cli/interruption.h"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <iterator>
#include <utility>

#include "storage/base/assert.h"

namespace wardbook::cli {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};

struct Prepared {
  std::optional<termios> terminal_before;
  std::string last_words;
  std::array<struct sigaction, std::size(kSignals)> before = {};
};

// Read by the handler: complete before the handler is installed, and left alone
// until it is removed.
Prepared* prepared = nullptr;

// Calls nothing that a signal handler may not call.
void Handle(int signal) {
  if (prepared->terminal_before.has_value()) {
    ::tcsetattr(STDIN_FILENO, TCSANOW, &*prepared->terminal_before);
  }
  const std::string& words = prepared->last_words;
  // Nobody is left to be told that it failed.
  if (::write(STDERR_FILENO, words.data(), words.size()) < 0) {
  }
  // SA_RESETHAND has put the default back: this ends the program.
  ::raise(signal);
}

}  // namespace

Interruption::Interruption(std::optional<termios> terminal_before, std::string last_words) {
  WARDBOOK_ASSERT(prepared == nullptr);
  prepared = new Prepared{.terminal_before = terminal_before, .last_words = std::move(last_words)};
  struct sigaction action = {};
  action.sa_handler = Handle;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  for (size_t i = 0; i < std::size(kSignals); ++i) {
    struct sigaction& before = prepared->before[i];
    ::sigaction(kSignals[i], nullptr, &before);
    // Whoever started the program with nohup wants it to go on.
    if (before.sa_handler != SIG_IGN) ::sigaction(kSignals[i], &action, nullptr);
  }
}

Interruption::~Interruption() {
  for (size_t i = 0; i < std::size(kSignals); ++i) {
    ::sigaction(kSignals[i], &prepared->before[i], nullptr);
  }
  delete std::exchange(prepared, nullptr);
}

}  // namespace wardbook::cli
