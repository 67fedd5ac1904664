#include "services/kernel/text.h"

#include <cstdint>
#include <cstring>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace wardbook::kernel {
namespace {

// The length of the UTF-8 character that `text` begins with; nothing when it
// does not begin with one (RFC 3629: no overlong forms, no surrogates, at most
// U+10FFFF).
std::optional<size_t> CharacterLength(absl::string_view text) {
  const auto byte = [text](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t first = byte(0);
  if (first < 0x80) return 1;
  size_t length = 0;
  uint8_t second_min = 0x80;
  uint8_t second_max = 0xBF;
  if (first >= 0xC2 && first <= 0xDF) {
    length = 2;
  } else if (first >= 0xE0 && first <= 0xEF) {
    length = 3;
    if (first == 0xE0) second_min = 0xA0;
    if (first == 0xED) second_max = 0x9F;
  } else if (first >= 0xF0 && first <= 0xF4) {
    length = 4;
    if (first == 0xF0) second_min = 0x90;
    if (first == 0xF4) second_max = 0x8F;
  } else {
    return std::nullopt;
  }
  if (text.size() < length) return std::nullopt;
  if (byte(1) < second_min || byte(1) > second_max) return std::nullopt;
  for (size_t i = 2; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return std::nullopt;
  }
  return length;
}

// How many bytes at the beginning of `text` are ASCII, each a character of its own.
// Eight at a time: nearly all that people here write is nothing else.
size_t AsciiPrefix(absl::string_view text) {
  constexpr uint64_t kHighBits = 0x8080808080808080;
  size_t length = 0;
  while (text.size() - length >= sizeof(uint64_t)) {
    uint64_t eight;
    std::memcpy(&eight, text.data() + length, sizeof(eight));
    if ((eight & kHighBits) != 0) break;
    length += sizeof(eight);
  }
  while (length < text.size() && (static_cast<uint8_t>(text[length]) & 0x80) == 0) ++length;
  return length;
}

}  // namespace

bool IsBlank(absl::string_view text) { return absl::StripAsciiWhitespace(text).empty(); }

std::optional<size_t> CountCharacters(absl::string_view text) {
  size_t count = 0;
  for (;;) {
    const size_t ascii = AsciiPrefix(text);
    text.remove_prefix(ascii);
    count += ascii;
    if (text.empty()) return count;
    const std::optional<size_t> length = CharacterLength(text);
    if (!length) return std::nullopt;
    text.remove_prefix(*length);
    ++count;
  }
}

std::string ReplaceInvalidUtf8(absl::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const std::optional<size_t> length = CharacterLength(text);
    absl::StrAppend(&valid, length ? text.substr(0, *length) : "\xEF\xBF\xBD");
    text.remove_prefix(length.value_or(1));
  }
  return valid;
}

Refusal RequireText(absl::string_view text, absl::string_view field, size_t characters_max) {
  if (IsBlank(text)) return Rejected{Reason::kFieldMissing, std::string(field)};
  return AllowText(text, field, characters_max);
}

Refusal AllowText(absl::string_view text, absl::string_view field, size_t characters_max) {
  const std::optional<size_t> characters = CountCharacters(text);
  if (!characters) return Rejected{Reason::kFieldInvalid, std::string(field)};
  if (*characters > characters_max) return Rejected{Reason::kFieldTooLong, std::string(field)};
  return std::nullopt;
}

}  // namespace wardbook::kernel
