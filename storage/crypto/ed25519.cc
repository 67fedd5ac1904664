#include "storage/crypto/ed25519.h"

#include <sodium.h>

#include <array>
#include <cstdint>
#include <cstring>

#include "storage/crypto/sodium.h"

namespace wardbook::crypto {
namespace {

static_assert(Secret::kSize == crypto_sign_ed25519_SEEDBYTES);
static_assert(PublicKey::kSize == crypto_sign_ed25519_PUBLICKEYBYTES);
static_assert(Signature::kSize == crypto_sign_ed25519_BYTES);

// libsodium's form of a signing key: the seed and the public key. Wipes itself.
struct SodiumKey {
  ~SodiumKey() { Wipe(bytes.data(), bytes.size()); }

  std::array<uint8_t, crypto_sign_ed25519_SECRETKEYBYTES> bytes;
};
static_assert(sizeof(SodiumKey) == Secret::kSize + PublicKey::kSize);

const uint8_t* Bytes(absl::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}

}  // namespace

SigningKey::SigningKey(const Secret& seed) : seed_(seed) {
  RequireSodium();
  SodiumKey key;
  crypto_sign_ed25519_seed_keypair(public_key_.data(), key.bytes.data(), seed_.data());
}

Signature SigningKey::Sign(absl::string_view message) const {
  SodiumKey key;
  std::memcpy(key.bytes.data(), seed_.data(), Secret::kSize);
  std::memcpy(key.bytes.data() + Secret::kSize, public_key_.data(), PublicKey::kSize);
  Signature signature;
  crypto_sign_ed25519_detached(signature.data(), nullptr, Bytes(message), message.size(),
                               key.bytes.data());
  return signature;
}

bool VerifySignature(const PublicKey& key, absl::string_view message, const Signature& signature) {
  RequireSodium();
  return crypto_sign_ed25519_verify_detached(signature.data(), Bytes(message), message.size(),
                                             key.data()) == 0;
}

}  // namespace wardbook::crypto
