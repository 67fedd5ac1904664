// Code points of UTF-8 text, for this folder only.

#ifndef STORAGE_CHECKPOINT_UTF8_H_
#define STORAGE_CHECKPOINT_UTF8_H_

#include <optional>

#include "absl/strings/string_view.h"

namespace wardbook::checkpoint {

// Reads one code point from the front of `text`, which is not empty. Nothing
// when there is none in the shortest form that RFC 3629 asks for.
std::optional<char32_t> ReadCodePoint(absl::string_view* text);

}  // namespace wardbook::checkpoint

#endif  // STORAGE_CHECKPOINT_UTF8_H_
