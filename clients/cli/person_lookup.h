// A person as people say who they mean: by name.

#ifndef CLIENTS_CLI_PERSON_LOOKUP_H_
#define CLIENTS_CLI_PERSON_LOOKUP_H_

#include <string>

#include "absl/status/statusor.h"
#include "clients/cli/connection.h"
#include "storage/base/ids.h"

namespace wardbook::cli {

// The person whom `text` means: an id of 32 hexadecimal digits, or the whole name
// of the only person of the school's list who has it or had it, in capitals or not.
// INVALID_ARGUMENT with the next step if nobody has it, or several have.
absl::StatusOr<PersonId> FindPerson(const Connection& connection, const std::string& text);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_PERSON_LOOKUP_H_
