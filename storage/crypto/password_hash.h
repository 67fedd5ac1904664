// Passwords at rest: Argon2id (RFC 9106) of libsodium, with parameters and salt
// in the hash itself. Takes some 30 ms and 19 MiB on purpose, so call it on a
// thread that may wait. Safe for concurrent use.

#ifndef STORAGE_CRYPTO_PASSWORD_HASH_H_
#define STORAGE_CRYPTO_PASSWORD_HASH_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace wardbook::crypto {

// RESOURCE_EXHAUSTED: not enough memory.
absl::StatusOr<std::string> HashPassword(absl::string_view password);

bool PasswordMatches(absl::string_view hash, absl::string_view password);

}  // namespace wardbook::crypto

#endif  // STORAGE_CRYPTO_PASSWORD_HASH_H_
