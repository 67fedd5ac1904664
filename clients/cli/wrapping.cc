#include "clients/cli/wrapping.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "absl/strings/str_cat.h"

namespace wardbook::cli {
namespace {

struct Range {
  uint32_t first;
  uint32_t last;
};

// Marks that are drawn over the letter before them, joiners and selectors.
constexpr Range kNoColumn[] = {{0x0300, 0x036f}, {0x200b, 0x200f}, {0xfe00, 0xfe0f}};
// East Asian writing and emoji.
constexpr Range kTwoColumns[] = {{0x1100, 0x115f},   {0x2e80, 0xa4cf},  {0xac00, 0xd7a3},
                                 {0xf900, 0xfaff},   {0xfe30, 0xfe6f},  {0xff00, 0xff60},
                                 {0x1f300, 0x1faff}, {0x20000, 0x3fffd}};

template <size_t kCount>
bool IsIn(const Range (&ranges)[kCount], uint32_t point) {
  return std::any_of(std::begin(ranges), std::end(ranges), [point](const Range& range) {
    return range.first <= point && point <= range.last;
  });
}

// By the first byte of a character.
size_t SizeOfSequence(unsigned char first) {
  if (first >= 0xf0) return 4;
  if (first >= 0xe0) return 3;
  return first >= 0xc0 ? 2 : 1;
}

// Takes one character off the front; a byte that begins none stands for itself.
uint32_t TakePoint(absl::string_view& text) {
  const auto byte = static_cast<unsigned char>(text[0]);
  const size_t size = SizeOfSequence(byte);
  uint32_t point = size == 1 ? byte : byte & (0xffU >> (size + 1));
  const size_t taken = std::min(size, text.size());
  for (size_t i = 1; i < taken; ++i) {
    point = point << 6 | (static_cast<unsigned char>(text[i]) & 0x3f);
  }
  text.remove_prefix(taken);
  return point;
}

}  // namespace

bool IsUtf8(absl::string_view text) {
  // The smallest code point that needs so many bytes.
  constexpr uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  while (!text.empty()) {
    const absl::string_view whole = text;
    const uint32_t point = TakePoint(text);
    const size_t size = whole.size() - text.size();
    const auto first = static_cast<unsigned char>(whole[0]);
    if (size == 1 && first >= 0x80) return false;
    if (first >= 0xf8 || size != SizeOfSequence(first)) return false;
    for (size_t i = 1; i < size; ++i) {
      if ((static_cast<unsigned char>(whole[i]) & 0xc0) != 0x80) return false;
    }
    const bool surrogate = point >= 0xd800 && point <= 0xdfff;
    if (point < kSmallest[size] || surrogate || point > 0x10ffff) return false;
  }
  return true;
}

size_t ColumnsOf(absl::string_view text) {
  size_t columns = 0;
  while (!text.empty()) {
    const uint32_t point = TakePoint(text);
    if (IsIn(kNoColumn, point)) continue;
    columns += IsIn(kTwoColumns, point) ? 2 : 1;
  }
  return columns;
}

std::string Wrapped(absl::string_view line, size_t columns, size_t indent) {
  const size_t text_begin = std::min(line.find_first_not_of(' '), line.size());
  std::string wrapped(line.substr(0, text_begin));
  line.remove_prefix(text_begin);
  size_t used = text_begin;
  while (!line.empty()) {
    const size_t word_size = std::min(line.find(' '), line.size());
    const size_t gap = std::min(line.find_first_not_of(' ', word_size), line.size()) - word_size;
    const absl::string_view word = line.substr(0, word_size);
    const size_t word_columns = ColumnsOf(word);
    // The spaces that the word follows are in `wrapped` already.
    if (used + word_columns > columns && used > indent && used > text_begin) {
      wrapped.resize(wrapped.find_last_not_of(' ') + 1);
      absl::StrAppend(&wrapped, "\n", std::string(indent, ' '));
      used = indent;
    }
    absl::StrAppend(&wrapped, line.substr(0, word_size + gap));
    used += word_columns + gap;
    line.remove_prefix(word_size + gap);
  }
  return wrapped;
}

}  // namespace wardbook::cli
