// Key material in memory, wiped when it goes.

#ifndef STORAGE_CRYPTO_SECRET_H_
#define STORAGE_CRYPTO_SECRET_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace wardbook::crypto {

// Overwrites memory in a way that a compiler does not remove.
void Wipe(void* data, size_t size);

// Thirty-two secret bytes. Movable and copyable like any value; every copy
// wipes itself.
class Secret {
 public:
  static constexpr size_t kSize = 32;

  Secret() = default;
  Secret(const Secret&) = default;
  Secret& operator=(const Secret&) = default;
  ~Secret() { Wipe(bytes_.data(), bytes_.size()); }

  // Nothing when `bytes` does not have exactly kSize bytes.
  static std::optional<Secret> FromBytes(absl::string_view bytes);
  static Secret Random();

  const uint8_t* data() const { return bytes_.data(); }
  uint8_t* data() { return bytes_.data(); }
  absl::string_view view() const { return {reinterpret_cast<const char*>(bytes_.data()), kSize}; }

 private:
  std::array<uint8_t, kSize> bytes_{};
};

}  // namespace wardbook::crypto

#endif  // STORAGE_CRYPTO_SECRET_H_
