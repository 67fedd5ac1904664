// What of a browser's request reaches the services, and what of their answer the browser.
// Both are lists of what passes: what nobody has thought of does not.

#ifndef SERVICES_GATEWAY_CALL_METADATA_H_
#define SERVICES_GATEWAY_CALL_METADATA_H_

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/gateway/http_request.h"
#include "services/gateway/http_status.h"

namespace wardbook::gateway {

inline constexpr absl::string_view kBinarySuffix = "-bin";

using Metadata = std::vector<std::pair<std::string, std::string>>;

// Where a call comes from: said by the gateway, never by the browser.
struct Origin {
  // As gRPC writes that of a peer, without the port: "ipv4:127.0.0.1".
  std::string address;
  // The token of the gateway's pass.
  std::string pass_token;
};

// Whether gRPC takes it, and a header of HTTP too.
bool IsMetadataKey(absl::string_view key);
bool IsMetadataValue(absl::string_view value);

// The metadata of the call that a request makes: its fields that begin with "wardbook-",
// the session of its cookie as a bearer token, and where it comes from. kBadRequest: a
// value is none.
std::variant<Metadata, HttpStatus> MetadataOfRequest(const HttpRequest& request,
                                                     const Origin& origin);

// Whether metadata of an answer goes on to the browser: the services' own and the details
// of a refusal, but no word between services and gateway.
bool PassesToBrowser(absl::string_view key);

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_CALL_METADATA_H_
