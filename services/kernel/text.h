// Text as people count it, and whether a field of a request can hold it.

#ifndef SERVICES_KERNEL_TEXT_H_
#define SERVICES_KERNEL_TEXT_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "services/kernel/decision.h"

namespace wardbook::kernel {

// Whether there is nothing to read in `text`.
bool IsBlank(absl::string_view text);

// The number of characters (Unicode code points), because people count these
// and not bytes. Nothing when `text` is not UTF-8.
std::optional<size_t> CountCharacters(absl::string_view text);

// `text` with each byte that is not UTF-8 replaced by U+FFFD.
std::string ReplaceInvalidUtf8(absl::string_view text);

// Refuses what is blank or has more than `characters_max` characters.
Refusal RequireText(absl::string_view text, absl::string_view field, size_t characters_max);
// The same, but it may be blank.
Refusal AllowText(absl::string_view text, absl::string_view field, size_t characters_max);

}  // namespace wardbook::kernel

#endif  // SERVICES_KERNEL_TEXT_H_
