// What all connections of a gateway share.

#ifndef SERVICES_GATEWAY_GATEWAY_PARTS_H_
#define SERVICES_GATEWAY_GATEWAY_PARTS_H_

#include <string>
#include <vector>

#include "services/gateway/assets.h"
#include "services/gateway/grpc_door.h"
#include "services/gateway/limits.h"
#include "services/gateway/quota.h"
#include "services/gateway/service_channels.h"
#include "services/gateway/tls_context.h"

namespace wardbook::gateway {

// All outlive the connections.
struct GatewayParts {
  const Limits& limits;
  const TlsContext& tls;
  const Assets& assets;
  // The names browsers call the server by; any if there are none.
  const std::vector<std::string>& host_names;
  const std::string& pass_token;
  ServiceChannels& channels;
  GrpcDoor& grpc;
  // Of bodies that are being received, the small ones apart, and of answers that wait for
  // slow clients.
  Quota& body_bytes;
  Quota& small_body_bytes;
  Quota& answer_bytes;
};

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_GATEWAY_PARTS_H_
