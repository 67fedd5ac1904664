// The head of a request, read more strictly than HTTP asks: whatever two programs could
// read in two ways is refused, because a request that is smuggled past one of them begins
// there.

#ifndef SERVICES_GATEWAY_HTTP_REQUEST_H_
#define SERVICES_GATEWAY_HTTP_REQUEST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/gateway/http_status.h"

namespace wardbook::gateway {

struct HttpRequest {
  enum class Method { kGet, kHead, kPost };
  enum class Afterwards { kKeepOpen, kClose };

  // The value of the field with this name in lower case, without blanks around it; empty
  // when there is none. A name stands once, but for those that are never looked up here.
  absl::string_view Field(absl::string_view name) const;
  bool HasField(absl::string_view name) const;

  Method method = Method::kGet;
  // Without the query. Begins with a slash and has printable ASCII only.
  std::string path;
  // In lower case, with their values.
  std::vector<std::pair<std::string, std::string>> fields;
  // Nothing when the request has no body.
  std::optional<uint64_t> content_length;
  Afterwards afterwards = Afterwards::kKeepOpen;
  // The client waits for word before it sends the body.
  bool expects_continue = false;
};

// Where a head ends in what was received: behind the empty line. Nothing when that has
// not come.
std::optional<size_t> EndOfHead(absl::string_view received);

// Reads a whole head, up to and including the empty line. What is refused ends the
// connection too, because nobody knows where the next request begins.
std::variant<HttpRequest, HttpStatus> ParseHead(absl::string_view head, int fields_max);

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_HTTP_REQUEST_H_
