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

// The public key of a signing key's 32-byte seed.
PublicKey PublicKeyOf(const Secret& seed);

Signature Sign(const Secret& seed, absl::string_view message);

bool VerifySignature(const PublicKey& key, absl::string_view message, const Signature& signature);

}  // namespace wardbook::crypto

#endif  // STORAGE_CRYPTO_ED25519_H_
