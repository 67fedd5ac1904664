// Where the program writes for people and scripts.

#ifndef CLIENTS_CLI_SCREEN_H_
#define CLIENTS_CLI_SCREEN_H_

#include <google/protobuf/message.h>

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
  explicit Screen(std::ostream& out) : out_(out) {}

  template <class... Parts>
  void Line(const Parts&... parts) {
    WriteLine(absl::StrCat(parts...));
  }
  void Blank() { WriteLine(""); }
  // On one line, with every field that is not a message.
  void Json(const google::protobuf::Message& message);

 private:
  void WriteLine(absl::string_view text);

  std::ostream& out_;
};

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_SCREEN_H_
