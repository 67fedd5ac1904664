// Authenticated encryption: XChaCha20-Poly1305 of libsodium. Its nonce is long
// enough to be drawn at random for every message under one key.

#ifndef STORAGE_CRYPTO_AEAD_H_
#define STORAGE_CRYPTO_AEAD_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/crypto/secret.h"

namespace wardbook::crypto {

inline constexpr size_t kNonceSize = 24;
inline constexpr size_t kTagSize = 16;
// What sealing adds to a plaintext.
inline constexpr size_t kSealOverhead = kNonceSize + kTagSize;

// The nonce, the ciphertext and the tag. Safe for concurrent use.
std::string Seal(const Secret& key, absl::string_view associated_data, absl::string_view plaintext);

// The plaintext of what Seal made. DATA_LOSS: `sealed`, the key or the
// associated data is not what it was. Safe for concurrent use.
absl::StatusOr<std::string> Open(const Secret& key, absl::string_view associated_data,
                                 absl::string_view sealed);

}  // namespace wardbook::crypto

#endif  // STORAGE_CRYPTO_AEAD_H_
