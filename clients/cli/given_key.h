// The key of a school as a user gives it: with it, what is checked is checked
// against the school and not only against itself.

#ifndef CLIENTS_CLI_GIVEN_KEY_H_
#define CLIENTS_CLI_GIVEN_KEY_H_

#include <CLI/CLI.hpp>
#include <string>

#include "absl/status/statusor.h"
#include "storage/checkpoint/signed_note.h"

namespace wardbook::cli {

// The option --key.
void AddKey(CLI::App& app, std::string* to);

// `text` is the key itself or the name of a file that holds it. INVALID_ARGUMENT:
// neither is a key.
absl::StatusOr<checkpoint::NoteVerifier> GivenKey(const std::string& text);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_GIVEN_KEY_H_
