// Who has opened a connection, from its first bytes: a program that speaks gRPC, or a
// browser. Both begin TLS, and say in their hello which protocols they speak (ALPN).

#ifndef SERVICES_GATEWAY_CLIENT_HELLO_H_
#define SERVICES_GATEWAY_CLIENT_HELLO_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace wardbook::gateway {

enum class ClientKind {
  // More bytes are needed.
  kUndecided,
  // Speaks HTTP/2 and not HTTP/1.1.
  kGrpc,
  // Begins TLS otherwise, or breaks it off: the handshake will tell.
  kBrowser,
  // Speaks HTTP without TLS: somebody left out the "https:".
  kPlainHttp,
};

// The most that a record of TLS has, head included.
inline constexpr size_t kClientHelloBytesMax = 5 + 16384;

// `received` is what was received from the beginning.
ClientKind KindOfClient(absl::string_view received);

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_CLIENT_HELLO_H_
