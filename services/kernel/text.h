// Text as people count it.

#ifndef SERVICES_KERNEL_TEXT_H_
#define SERVICES_KERNEL_TEXT_H_

#include <cstddef>
#include <optional>

#include "absl/strings/string_view.h"

namespace wardbook::kernel {

// Whether there is nothing to read in `text`.
bool IsBlank(absl::string_view text);

// The number of characters (Unicode code points), because people count these
// and not bytes. Nothing when `text` is not UTF-8.
std::optional<size_t> CountCharacters(absl::string_view text);

}  // namespace wardbook::kernel

#endif  // SERVICES_KERNEL_TEXT_H_
