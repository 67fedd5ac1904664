// How the services know a call of a browser's, which comes through the gateway, from
// any other. Metadata alone proves nothing: any client of gRPC can send it. So the
// gateway, which works in the same process, adds a token that nobody else knows.

#ifndef SERVICES_RUNTIME_GATEWAY_PASS_H_
#define SERVICES_RUNTIME_GATEWAY_PASS_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "grpcpp/server_context.h"
#include "storage/base/ids.h"

namespace wardbook::runtime {

// What the gateway adds to each call: the pass's token, and the address of the browser as
// gRPC writes that of a peer, without the port ("ipv4:127.0.0.1").
inline constexpr char kGatewayTokenKey[] = "x-gw-token";
inline constexpr char kGatewayPeerKey[] = "x-gw-peer";

// In the initial metadata of an answer to the gateway: the token of the session that
// begins, or nothing when it ends. The gateway keeps it from the browser's scripts.
inline constexpr char kGatewaySessionKey[] = "x-gw-session";

// Immutable. Good for one run of the server.
class GatewayPass {
 public:
  GatewayPass();

  const std::string& token() const { return token_; }

  // The address of the browser behind a call; nothing when the call did not come
  // through the gateway.
  std::optional<std::string> BrowserAddress(const grpc::CallbackServerContext& context) const;

 private:
  const std::string token_;
  const Hash hash_;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_GATEWAY_PASS_H_
