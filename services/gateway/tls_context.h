// How the gateway speaks TLS to browsers: 1.2 or later, HTTP/1.1 only.

#ifndef SERVICES_GATEWAY_TLS_CONTEXT_H_
#define SERVICES_GATEWAY_TLS_CONTEXT_H_

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace wardbook::gateway {

struct SslFree {
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};
using SslPtr = std::unique_ptr<SSL, SslFree>;

// Immutable; safe for concurrent use.
class TlsContext {
 public:
  // INVALID_ARGUMENT: the certificate (with its chain, if it has one) or its key cannot
  // be read, or do not belong together.
  static absl::StatusOr<TlsContext> Make(const std::string& certificate_pem,
                                         const std::string& private_key_pem);

  // The server's side of a connection on a socket that does not block. The socket outlives
  // it and is not closed by it.
  SslPtr NewConnection(int socket) const;

 private:
  struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };

  explicit TlsContext(SSL_CTX* context) : context_(context) {}

  std::unique_ptr<SSL_CTX, Free> context_;
};

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_TLS_CONTEXT_H_
