// What bytes are as text, and lines of it that fit on a terminal.

#ifndef CLIENTS_CLI_WRAPPING_H_
#define CLIENTS_CLI_WRAPPING_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace wardbook::cli {

// Whether `text` is UTF-8: no byte out of place, nothing written longer than it
// need be, no half of a pair of UTF-16 and nothing beyond Unicode.
bool IsUtf8(absl::string_view text);

// How many columns of a terminal the UTF-8 text takes. Near enough to break
// lines by: a cluster of emoji counts as each of its parts.
size_t ColumnsOf(absl::string_view text);

// `line` broken at spaces into lines of at most `columns`, of which all but the
// first begin with `indent` spaces. A word that is longer stays whole, so that
// it can be copied. Spaces at the front stay.
std::string Wrapped(absl::string_view line, size_t columns, size_t indent);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_WRAPPING_H_
