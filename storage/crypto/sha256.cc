#include "storage/crypto/sha256.h"

// SHA256_Init and its like are deprecated in OpenSSL 3; Sha256 says why they are used.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>
#include <cstdint>
#include <cstring>

#include "storage/base/assert.h"
#include "storage/crypto/secret.h"

namespace wardbook::crypto {
namespace {

// SHA-256 works on blocks of this many bytes, to which HMAC fills up its key.
constexpr size_t kBlockSize = 64;

// Looked up once and never freed: OpenSSL 3 looks it up under a lock.
const EVP_MD* Algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return algorithm;
}

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

}  // namespace

Hash Sha256(absl::string_view data) { return Sha256({data}); }

// A log has two hashes a record, most of them of a few blocks, and EVP's own work around
// one of them takes as long as a block: it makes its state anew and cleans it away. The
// functions below it are the same code for the blocks.
Hash Sha256(std::initializer_list<absl::string_view> pieces) {
  SHA256_CTX state;
  Hash hash;
  bool ok = SHA256_Init(&state) == 1;
  for (absl::string_view piece : pieces) {
    ok = ok && SHA256_Update(&state, piece.data(), piece.size()) == 1;
  }
  ok = ok && SHA256_Final(hash.data(), &state) == 1;
  // What is hashed may be a key.
  Wipe(&state, sizeof(state));
  WARDBOOK_ASSERT(ok);
  return hash;
}

Hash HmacSha256(absl::string_view key, absl::string_view data) {
  std::array<uint8_t, kBlockSize> inner_pad{};
  std::array<uint8_t, kBlockSize> outer_pad{};
  if (key.size() > kBlockSize) {
    Hash hashed_key = Sha256(key);
    std::memcpy(inner_pad.data(), hashed_key.data(), Hash::kSize);
    Wipe(hashed_key.data(), Hash::kSize);
  } else if (!key.empty()) {
    std::memcpy(inner_pad.data(), key.data(), key.size());
  }
  for (size_t i = 0; i < kBlockSize; ++i) {
    outer_pad[i] = inner_pad[i] ^ 0x5c;
    inner_pad[i] ^= 0x36;
  }
  const auto view = [](const std::array<uint8_t, kBlockSize>& pad) {
    return absl::string_view(reinterpret_cast<const char*>(pad.data()), pad.size());
  };
  const Hash inner = Sha256({view(inner_pad), data});
  const Hash outer = Sha256({view(outer_pad), inner.view()});
  Wipe(inner_pad.data(), inner_pad.size());
  Wipe(outer_pad.data(), outer_pad.size());
  return outer;
}

Sha256Stream::Sha256Stream() : context_(EVP_MD_CTX_new()) {
  WARDBOOK_ASSERT(EVP_DigestInit_ex(context_.get(), Algorithm(), nullptr) == 1);
}
Sha256Stream::~Sha256Stream() = default;
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;

void Sha256Stream::Update(absl::string_view data) {
  WARDBOOK_ASSERT(EVP_DigestUpdate(context_.get(), data.data(), data.size()) == 1);
}

Hash Sha256Stream::Digest() const {
  const Context copy(EVP_MD_CTX_new());
  Hash hash;
  WARDBOOK_ASSERT(EVP_MD_CTX_copy_ex(copy.get(), context_.get()) == 1);
  WARDBOOK_ASSERT(EVP_DigestFinal_ex(copy.get(), hash.data(), nullptr) == 1);
  return hash;
}

void Sha256Stream::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

}  // namespace wardbook::crypto
