#include "storage/crypto/aead.h"

#include <sodium.h>

#include <cstdint>

#include "absl/status/status.h"
#include "storage/crypto/random.h"
#include "storage/crypto/sodium.h"

namespace wardbook::crypto {
namespace {

static_assert(kNonceSize == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(kTagSize == crypto_aead_xchacha20poly1305_ietf_ABYTES);
static_assert(Secret::kSize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const uint8_t* Bytes(absl::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}

}  // namespace

std::string Seal(const Secret& key, absl::string_view associated_data,
                 absl::string_view plaintext) {
  RequireSodium();
  std::string sealed(kSealOverhead + plaintext.size(), '\0');
  auto* const nonce = reinterpret_cast<uint8_t*>(sealed.data());
  FillRandom(nonce, kNonceSize);
  crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + kNonceSize, nullptr, Bytes(plaintext),
                                             plaintext.size(), Bytes(associated_data),
                                             associated_data.size(), nullptr, nonce, key.data());
  return sealed;
}

absl::StatusOr<std::string> Open(const Secret& key, absl::string_view associated_data,
                                 absl::string_view sealed) {
  RequireSodium();
  if (sealed.size() < kSealOverhead) return absl::DataLossError("sealed bytes are cut short");
  std::string plaintext(sealed.size() - kSealOverhead, '\0');
  const int result = crypto_aead_xchacha20poly1305_ietf_decrypt(
      reinterpret_cast<uint8_t*>(plaintext.data()), nullptr, nullptr, Bytes(sealed) + kNonceSize,
      sealed.size() - kNonceSize, Bytes(associated_data), associated_data.size(), Bytes(sealed),
      key.data());
  if (result != 0) {
    return absl::DataLossError(
        "sealed bytes, their key or their associated data are not authentic");
  }
  return plaintext;
}

}  // namespace wardbook::crypto
