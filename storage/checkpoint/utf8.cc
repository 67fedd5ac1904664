#include "storage/checkpoint/utf8.h"

#include <cstddef>
#include <cstdint>

namespace wardbook::checkpoint {
namespace {

// How a first byte looks, and what it stands for.
struct Form {
  uint8_t mask;
  uint8_t lead;
  size_t size;
  // The smallest code point that needs this many bytes.
  char32_t min;
};
constexpr Form kForms[] = {
    {0x80, 0x00, 1, 0x0}, {0xe0, 0xc0, 2, 0x80}, {0xf0, 0xe0, 3, 0x800}, {0xf8, 0xf0, 4, 0x10000}};

constexpr char32_t kCodePointMax = 0x10ffff;

bool IsSurrogate(char32_t code_point) { return code_point >= 0xd800 && code_point <= 0xdfff; }

}  // namespace

std::optional<char32_t> ReadCodePoint(absl::string_view* text) {
  const auto first = static_cast<uint8_t>(text->front());
  for (const Form& form : kForms) {
    if ((first & form.mask) != form.lead) continue;
    if (text->size() < form.size) return std::nullopt;
    char32_t code_point = first & static_cast<uint8_t>(~form.mask);
    for (size_t i = 1; i < form.size; ++i) {
      const auto next = static_cast<uint8_t>((*text)[i]);
      if ((next & 0xc0) != 0x80) return std::nullopt;
      code_point = (code_point << 6) | (next & 0x3f);
    }
    if (code_point < form.min || code_point > kCodePointMax || IsSurrogate(code_point)) {
      return std::nullopt;
    }
    text->remove_prefix(form.size);
    return code_point;
  }
  return std::nullopt;
}

}  // namespace wardbook::checkpoint
