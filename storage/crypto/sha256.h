// SHA-256 and HMAC-SHA-256 by OpenSSL, which uses the processor's SHA
// instructions.

#ifndef STORAGE_CRYPTO_SHA256_H_
#define STORAGE_CRYPTO_SHA256_H_

#include <initializer_list>
#include <memory>

#include "absl/strings/string_view.h"
#include "storage/base/ids.h"

struct evp_md_ctx_st;

namespace wardbook::crypto {

// Safe for concurrent use.
Hash Sha256(absl::string_view data);

// The hash of all pieces one after the other, without a copy of them. Safe for
// concurrent use.
Hash Sha256(std::initializer_list<absl::string_view> pieces);

// HMAC-SHA-256 (RFC 2104). Safe for concurrent use.
Hash HmacSha256(absl::string_view key, absl::string_view data);

// SHA-256 of data that comes in pieces. Thread-compatible. A stream that was
// moved from may only be assigned to or destroyed.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(Sha256Stream&&) noexcept;
  Sha256Stream& operator=(Sha256Stream&&) noexcept;

  void Update(absl::string_view data);
  // The hash of all so far; more may be added afterwards.
  Hash Digest() const;

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace wardbook::crypto

#endif  // STORAGE_CRYPTO_SHA256_H_
