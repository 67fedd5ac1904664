#include "storage/crypto/secret.h"

#include <sodium.h>

#include <cstring>

#include "storage/crypto/random.h"

namespace wardbook::crypto {

void Wipe(void* data, size_t size) { sodium_memzero(data, size); }

std::optional<Secret> Secret::FromBytes(absl::string_view bytes) {
  if (bytes.size() != kSize) return std::nullopt;
  Secret secret;
  std::memcpy(secret.data(), bytes.data(), kSize);
  return secret;
}

Secret Secret::Random() {
  Secret secret;
  FillRandom(secret.data(), kSize);
  return secret;
}

}  // namespace wardbook::crypto
