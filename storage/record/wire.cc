#include "storage/record/wire.h"

#include <cstddef>

namespace wardbook::record {
namespace {

constexpr size_t kVarintBytesMax = 10;

// Field numbers have 29 bits, wire types 3.
constexpr uint64_t kTagMax = UINT32_MAX;

enum WireType : uint8_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

}  // namespace

void AppendVarint(uint64_t value, std::string* out) {
  while (value >= 0x80) {
    out->push_back(static_cast<char>((value & 0x7f) | 0x80));
    value >>= 7;
  }
  out->push_back(static_cast<char>(value));
}

void AppendVarintField(char tag, uint64_t value, std::string* out) {
  out->push_back(tag);
  AppendVarint(value, out);
}

void AppendBytesField(char tag, absl::string_view bytes, std::string* out) {
  AppendVarintField(tag, bytes.size(), out);
  out->append(bytes.data(), bytes.size());
}

std::optional<uint64_t> WireReader::ReadLongVarint() {
  uint64_t value = 0;
  for (size_t i = 0; i < rest_.size() && i < kVarintBytesMax; ++i) {
    const auto byte = static_cast<uint8_t>(rest_[i]);
    if (i == kVarintBytesMax - 1 && byte > 1) return std::nullopt;  // More than 64 bits.
    value |= static_cast<uint64_t>(byte & 0x7f) << (7 * i);
    if (byte < 0x80) {
      if (byte == 0 && i > 0) return std::nullopt;  // Not the shortest form.
      rest_.remove_prefix(i + 1);
      return value;
    }
  }
  return std::nullopt;
}

std::optional<absl::string_view> WireReader::ReadField() {
  const absl::string_view before = rest_;
  const std::optional<uint64_t> tag = ReadVarint();
  if (!tag.has_value() || *tag > kTagMax || *tag >> 3 == 0) return std::nullopt;
  bool read = false;
  switch (*tag & 7) {
    case kVarint:
      read = ReadVarint().has_value();
      break;
    case kFixed64:
      read = Skip(8);
      break;
    case kBytes:
      read = ReadBytes().has_value();
      break;
    case kFixed32:
      read = Skip(4);
      break;
    default:  // Groups, and the two wire types that do not exist.
      break;
  }
  if (!read) return std::nullopt;
  return before.substr(0, before.size() - rest_.size());
}

}  // namespace wardbook::record
