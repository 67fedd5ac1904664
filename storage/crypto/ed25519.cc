#include "storage/crypto/ed25519.h"

#include <sodium.h>

#include <array>
#include <cstdint>

#include "storage/crypto/sodium.h"

namespace wardbook::crypto {
namespace {

static_assert(Secret::kSize == crypto_sign_ed25519_SEEDBYTES);
static_assert(PublicKey::kSize == crypto_sign_ed25519_PUBLICKEYBYTES);
static_assert(Signature::kSize == crypto_sign_ed25519_BYTES);

// libsodium's signing key: the seed and the public key. Wipes itself.
struct KeyPair {
  explicit KeyPair(const Secret& seed) {
    RequireSodium();
    crypto_sign_ed25519_seed_keypair(public_key.data(), signing_key.data(), seed.data());
  }
  KeyPair(const KeyPair&) = delete;
  KeyPair& operator=(const KeyPair&) = delete;
  ~KeyPair() { Wipe(signing_key.data(), signing_key.size()); }

  PublicKey public_key;
  std::array<uint8_t, crypto_sign_ed25519_SECRETKEYBYTES> signing_key;
};

const uint8_t* Bytes(absl::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}

}  // namespace

PublicKey PublicKeyOf(const Secret& seed) { return KeyPair(seed).public_key; }

Signature Sign(const Secret& seed, absl::string_view message) {
  const KeyPair keys(seed);
  Signature signature;
  crypto_sign_ed25519_detached(signature.data(), nullptr, Bytes(message), message.size(),
                               keys.signing_key.data());
  return signature;
}

bool VerifySignature(const PublicKey& key, absl::string_view message, const Signature& signature) {
  RequireSodium();
  return crypto_sign_ed25519_verify_detached(signature.data(), Bytes(message), message.size(),
                                             key.data()) == 0;
}

}  // namespace wardbook::crypto
