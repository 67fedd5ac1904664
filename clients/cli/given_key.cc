#include "clients/cli/given_key.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "clients/cli/aside_file.h"

namespace wardbook::cli {

void AddKey(CLI::App& app, std::string* to) {
  app.add_option(
         "--key", *to,
         "The school's key, or the file verifier.key with it, that you have from elsewhere, "
         "such as from the governors")
      ->type_name("KEY");
}

absl::StatusOr<checkpoint::NoteVerifier> GivenKey(const std::string& text) {
  absl::StatusOr<checkpoint::NoteVerifier> key =
      checkpoint::NoteVerifier::Parse(absl::StripAsciiWhitespace(text));
  if (key.ok()) return key;
  const absl::StatusOr<std::string> content = ReadWholeFile(text);
  if (content.ok()) {
    key = checkpoint::NoteVerifier::Parse(absl::StripAsciiWhitespace(*content));
    if (key.ok()) return key;
  }
  // What is in the file may be a secret that was given by mistake.
  return absl::InvalidArgumentError(
      "What is given with --key is neither a key nor a file with one. A key is one line, such as "
      "wardbook.example+1a2b3c4d+AbCd...; wardbookd init writes it to verifier.key.");
}

}  // namespace wardbook::cli
