#include "storage/crypto/password_hash.h"

#include <sodium.h>

#include <array>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "storage/crypto/sodium.h"

namespace wardbook::crypto {
namespace {

// What OWASP recommends at least for Argon2id: 19 MiB and two passes take a
// guesser's memory, and a server of a school some 30 ms.
constexpr unsigned long long kPasses = 2;
constexpr size_t kMemoryBytes = 19 << 20;

}  // namespace

absl::StatusOr<std::string> HashPassword(absl::string_view password) {
  RequireSodium();
  std::array<char, crypto_pwhash_STRBYTES> hash;
  if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), kPasses, kMemoryBytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return absl::ResourceExhaustedError("not enough memory to hash a password");
  }
  return std::string(hash.data());
}

bool PasswordMatches(absl::string_view hash, absl::string_view password) {
  RequireSodium();
  // libsodium reads the hash as a C string of less than this size.
  if (hash.size() >= crypto_pwhash_STRBYTES || absl::StrContains(hash, '\0')) return false;
  const std::string terminated(hash);
  return crypto_pwhash_str_verify(terminated.c_str(), password.data(), password.size()) == 0;
}

}  // namespace wardbook::crypto
