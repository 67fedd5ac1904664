// The protobuf wire format, by hand, for this folder only: records are on the
// path of every append and every read, and a generated message would allocate
// each of their fields.
//
// Numbers must be in their shortest form and groups are refused, as no
// serialiser of proto3 writes anything else; so what is read is what would be
// written again.

#ifndef STORAGE_RECORD_WIRE_H_
#define STORAGE_RECORD_WIRE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace wardbook::record {

// The tag of a field as its one byte. Only for numbers below 16.
constexpr char VarintTag(int field_number) { return static_cast<char>(field_number << 3); }
constexpr char BytesTag(int field_number) { return static_cast<char>(field_number << 3 | 2); }

// What a varint and a tag before it take at most.
inline constexpr size_t kVarintFieldBytesMax = 11;

void AppendVarint(uint64_t value, std::string* out);
void AppendVarintField(char tag, uint64_t value, std::string* out);
void AppendBytesField(char tag, absl::string_view bytes, std::string* out);

// Reads from the front of serialised bytes. After a failed read the reader is
// of no further use. Thread-compatible.
class WireReader {
 public:
  explicit WireReader(absl::string_view bytes) : rest_(bytes) {}

  absl::string_view rest() const { return rest_; }
  bool AtEnd() const { return rest_.empty(); }

  // Whether the next field has this tag, which is then read.
  bool Consume(char tag) {
    if (rest_.empty() || rest_.front() != tag) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // Nothing at malformed or missing bytes.
  std::optional<uint64_t> ReadVarint() {
    // Nearly every length in a record is of one byte.
    if (rest_.empty() || static_cast<uint8_t>(rest_.front()) >= 0x80) return ReadLongVarint();
    const auto value = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }
  std::optional<absl::string_view> ReadBytes() {
    const std::optional<uint64_t> size = ReadVarint();
    if (!size.has_value()) return std::nullopt;
    const absl::string_view before = rest_;
    if (!Skip(*size)) return std::nullopt;
    return before.substr(0, static_cast<size_t>(*size));
  }
  // Whether the next field has this tag and exactly `size` < 0x80 bytes, which are then
  // read to `out`.
  bool ConsumeFixed(char tag, size_t size, uint8_t* out) {
    constexpr size_t kHead = 2;
    if (rest_.size() < kHead + size || rest_[0] != tag || rest_[1] != static_cast<char>(size)) {
      return false;
    }
    std::memcpy(out, rest_.data() + kHead, size);
    rest_.remove_prefix(kHead + size);
    return true;
  }
  // The next field, with its tag.
  std::optional<absl::string_view> ReadField();

 private:
  bool Skip(uint64_t size) {
    if (size > rest_.size()) return false;
    rest_.remove_prefix(static_cast<size_t>(size));
    return true;
  }
  std::optional<uint64_t> ReadLongVarint();

  absl::string_view rest_;
};

}  // namespace wardbook::record

#endif  // STORAGE_RECORD_WIRE_H_
