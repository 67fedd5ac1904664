// Strong types for the fixed-size byte strings of the log, so that a school is
// never passed for a key. All are values: copied freely, compared by content,
// hashable by absl containers.
//
//   SchoolId school = ...;
//   std::string hex = school.Hex();                       // 32 digits
//   std::optional<SchoolId> same = SchoolId::FromHex(hex);

#ifndef STORAGE_BASE_IDS_H_
#define STORAGE_BASE_IDS_H_

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"

namespace wardbook {

template <class Tag, size_t kBytes>
class FixedBytes {
 public:
  static constexpr size_t kSize = kBytes;

  // All bytes zero, which no random id ever is.
  FixedBytes() = default;
  explicit FixedBytes(const std::array<uint8_t, kSize>& bytes) : bytes_(bytes) {}

  // Nothing when `bytes` does not have exactly kSize bytes.
  static std::optional<FixedBytes> FromBytes(absl::string_view bytes) {
    if (bytes.size() != kSize) return std::nullopt;
    FixedBytes id;
    std::memcpy(id.bytes_.data(), bytes.data(), kSize);
    return id;
  }

  // Nothing when `hex` is not exactly 2 * kSize hexadecimal digits.
  static std::optional<FixedBytes> FromHex(absl::string_view hex) {
    if (hex.size() != 2 * kSize) return std::nullopt;
    for (char c : hex) {
      if (!absl::ascii_isxdigit(static_cast<unsigned char>(c))) return std::nullopt;
    }
    return FromBytes(absl::HexStringToBytes(hex));
  }

  absl::string_view view() const { return {reinterpret_cast<const char*>(bytes_.data()), kSize}; }
  std::string Bytes() const { return std::string(view()); }
  std::string Hex() const { return absl::BytesToHexString(view()); }
  const uint8_t* data() const { return bytes_.data(); }
  uint8_t* data() { return bytes_.data(); }
  bool IsZero() const { return *this == FixedBytes(); }

  friend bool operator==(const FixedBytes&, const FixedBytes&) = default;
  friend auto operator<=>(const FixedBytes&, const FixedBytes&) = default;
  template <class H>
  friend H AbslHashValue(H state, const FixedBytes& id) {
    return H::combine(std::move(state), id.bytes_);
  }

 private:
  std::array<uint8_t, kSize> bytes_{};
};

// A school, which is the owner of one log and the shard key everywhere.
using SchoolId = FixedBytes<struct SchoolIdTag, 16>;
// A person in a school's register. Zero stands for the server itself.
using PersonId = FixedBytes<struct PersonIdTag, 16>;
// A session somebody signed in with. Zero stands for the server itself.
using SessionId = FixedBytes<struct SessionIdTag, 16>;
// One event: a UUIDv7.
using EventId = FixedBytes<struct EventIdTag, 16>;
// One request of a client: a UUID of its choice, the key of idempotency.
using RequestId = FixedBytes<struct RequestIdTag, 16>;
// A key in the vault.
using KeyId = FixedBytes<struct KeyIdTag, 16>;
// A file, from the opening of its upload on.
using EvidenceId = FixedBytes<struct EvidenceIdTag, 16>;
// A referral of a case.
using ReferralId = FixedBytes<struct ReferralIdTag, 16>;
// An absence of a school's Headteacher.
using AbsenceId = FixedBytes<struct AbsenceIdTag, 16>;
// A SHA-256 hash.
using Hash = FixedBytes<struct HashTag, 32>;

// A UUID as people write it, 8-4-4-4-12. Nothing when `text` is not one.
std::optional<RequestId> RequestIdFromUuid(absl::string_view text);
std::string UuidText(const RequestId& id);

}  // namespace wardbook

#endif  // STORAGE_BASE_IDS_H_
