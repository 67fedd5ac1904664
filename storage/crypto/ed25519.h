// Ed25519 signatures (RFC 8032) of libsodium. Safe for concurrent use.

#ifndef STORAGE_CRYPTO_ED25519_H_
#define STORAGE_CRYPTO_ED25519_H_

#include <string>

#include "absl/strings/string_view.h"
#include "storage/base/ids.h"
#include "storage/crypto/secret.h"

namespace wardbook::crypto {

using PublicKey = FixedBytes<struct PublicKeyTag, 32>;
using Signature = FixedBytes<struct SignatureTag, 64>;

// Keeps the public key, which every signature needs and which takes as long to work out
// as to sign. Copyable; every copy wipes itself. Immutable.
class SigningKey {
 public:
  explicit SigningKey(const Secret& seed);

  const Secret& seed() const { return seed_; }
  const PublicKey& public_key() const { return public_key_; }

  Signature Sign(absl::string_view message) const;

 private:
  Secret seed_;
  PublicKey public_key_;
};

bool VerifySignature(const PublicKey& key, absl::string_view message, const Signature& signature);

}  // namespace wardbook::crypto

#endif  // STORAGE_CRYPTO_ED25519_H_
