// Where the program writes for people and scripts.

#ifndef CLIENTS_CLI_SCREEN_H_
#define CLIENTS_CLI_SCREEN_H_

#include <google/protobuf/message.h>

#include <cstddef>
#include <optional>
#include <ostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace wardbook::cli {

// `text` without what could move the cursor, change colours or turn the reading
// direction: others wrote what is shown, and a terminal obeys what it is sent.
// Newlines and tabs stay; every other control character becomes a question mark.
std::string Harmless(absl::string_view text);

// Thread-compatible. `out` outlives it.
class Screen {
 public:
  // Lines are broken to fit `columns`; without it, where a script reads, they
  // stay whole.
  explicit Screen(std::ostream& out, std::optional<size_t> columns = std::nullopt)
      : out_(out), columns_(columns) {}

  template <class... Parts>
  void Line(const Parts&... parts) {
    WriteText(absl::StrCat(parts...));
  }
  // Something to copy and run: on a line of its own that is never broken.
  template <class... Parts>
  void Command(const Parts&... parts) {
    WriteLine(absl::StrCat("  ", parts...));
  }
  void Blank() { WriteLine(""); }
  // On one line, with every field that is not a message.
  void Json(const google::protobuf::Message& message);

 private:
  void WriteText(absl::string_view text);
  void WriteLine(absl::string_view text);

  std::ostream& out_;
  const std::optional<size_t> columns_;
};

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_SCREEN_H_
