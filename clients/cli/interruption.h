// What has to be done at once when the user breaks the program off.

#ifndef CLIENTS_CLI_INTERRUPTION_H_
#define CLIENTS_CLI_INTERRUPTION_H_

#include <termios.h>

#include <optional>
#include <string>

namespace wardbook::cli {

// While it lives, a signal that ends the program (Ctrl-C, or a terminal that is
// closed) first puts the terminal back as it was and writes the last words to
// the standard error. The program then ends by the signal, as every shell
// expects. One at a time.
class Interruption {
 public:
  Interruption(std::optional<termios> terminal_before, std::string last_words);
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;
};

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_INTERRUPTION_H_
