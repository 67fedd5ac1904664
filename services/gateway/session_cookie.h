// The cookie that holds a browser's session: the token that other clients send as a
// bearer token. A page's scripts cannot read it, other sites cannot have it sent, and the
// name's prefix makes the browser refuse one that another host has set.

#ifndef SERVICES_GATEWAY_SESSION_COOKIE_H_
#define SERVICES_GATEWAY_SESSION_COOKIE_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace wardbook::gateway {

// The token in the value of a request's cookie field; nothing when there is none, or what
// stands there is no token of ours.
std::optional<std::string> SessionOfCookies(absl::string_view cookies);

// The value of set-cookie for a session that begins. It ends with the browser, and on the
// server before that. Nothing when `token` is none: it must not reach a header.
std::optional<std::string> CookieOfSession(absl::string_view token);

// The value of set-cookie when a session has ended.
std::string CookieOfNoSession();

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_SESSION_COOKIE_H_
