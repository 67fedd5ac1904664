// The web gateway: one port for browsers, which get the files of the web client and call
// the services by gRPC-Web, and for programs that speak gRPC, which are handed on.
//
// It has no rights of its own: what the services refuse, it refuses.

#ifndef SERVICES_GATEWAY_GATEWAY_H_
#define SERVICES_GATEWAY_GATEWAY_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "services/gateway/assets.h"
#include "services/gateway/limits.h"

namespace wardbook::gateway {

struct GatewayConfig {
  // HOST:PORT; port 0 takes a free one.
  std::string listen;
  std::string certificate_pem;
  std::string private_key_pem;
  Assets assets = Assets::Shipped();
  // The names browsers call the server by; any if there are none.
  std::vector<std::string> host_names;
  // Of the pass by which the services know the gateway.
  std::string pass_token;
  Limits limits;
};

// Thread-compatible.
class Gateway {
 public:
  // Listens, with no more connections than there are descriptors for, and calls `server`,
  // which runs and outlives the gateway; `acceptor` is its.
  // UNAVAILABLE: cannot listen. INVALID_ARGUMENT: no such certificate.
  // RESOURCE_EXHAUSTED: too few descriptors.
  static absl::StatusOr<std::unique_ptr<Gateway>> Start(
      GatewayConfig config, grpc::Server& server,
      std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor);

  // Breaks all connections off, and cancels their calls.
  ~Gateway();

  int port() const;

  // What somebody who runs it should know of its start, a sentence each.
  const std::vector<std::string>& warnings() const;

  // All connections, and those of them that are programs', handed on and not ended.
  int CountConnections() const;
  int CountPrograms() const;

 private:
  struct Parts;
  explicit Gateway(std::unique_ptr<Parts> parts);

  const std::unique_ptr<Parts> parts_;
};

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_GATEWAY_H_
