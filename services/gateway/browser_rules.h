// Which requests are answered at all: a page of another site must not be able to have a
// browser change something here, whatever it makes that browser send.

#ifndef SERVICES_GATEWAY_BROWSER_RULES_H_
#define SERVICES_GATEWAY_BROWSER_RULES_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/gateway/http_request.h"
#include "services/gateway/http_status.h"

namespace wardbook::gateway {

inline constexpr char kGrpcWeb[] = "application/grpc-web+proto";

// Whether a path names a method of a service that browsers may call: one of ours, not
// reflection or health, which are the operator's.
bool IsMethodPath(absl::string_view path);

// Refuses a request to a name that is none of the server's. Every name is when
// `host_names` is empty. A name that a stranger points to our address would be an origin
// of its own.
std::optional<HttpStatus> RefuseHost(const HttpRequest& request,
                                     absl::Span<const std::string> host_names);

// Refuses a call that a page of ours did not make: a form of another site cannot send our
// content type, and its script not without asking first, which is never answered. Browsers
// say besides where a request comes from.
std::optional<HttpStatus> RefuseCall(const HttpRequest& request);

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_BROWSER_RULES_H_
