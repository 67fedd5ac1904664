#include "storage/vault/derived_key.h"

#include <cstring>

#include "storage/base/ids.h"
#include "storage/crypto/sha256.h"

namespace wardbook::vault {

crypto::Secret DerivedKey(const crypto::Secret& master_key, absl::string_view label) {
  Hash digest = crypto::HmacSha256(master_key.view(), label);
  static_assert(Hash::kSize == crypto::Secret::kSize);
  crypto::Secret key;
  std::memcpy(key.data(), digest.data(), crypto::Secret::kSize);
  crypto::Wipe(digest.data(), Hash::kSize);
  return key;
}

}  // namespace wardbook::vault
