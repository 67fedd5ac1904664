// The codes that open accounts: "7K4D-9QX2-M3HB", sixty random bits in
// Crockford's base 32, easy to read out and to type.

#ifndef SERVICES_ACCESS_ACCOUNT_CODE_H_
#define SERVICES_ACCESS_ACCOUNT_CODE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace wardbook::access {

std::string NewAccountCode();

// What was typed as NewAccountCode would have written it: hyphens, blanks and
// case do not matter, I and L are read as 1 and O as 0. Not checked further.
std::string NormaliseAccountCode(absl::string_view typed);

}  // namespace wardbook::access

#endif  // SERVICES_ACCESS_ACCOUNT_CODE_H_
