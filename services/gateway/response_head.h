// The head of an answer, with the time of the server and with what tells a browser how far to
// trust a page: nothing from elsewhere, nothing written into the page, no frame around it.

#ifndef SERVICES_GATEWAY_RESPONSE_HEAD_H_
#define SERVICES_GATEWAY_RESPONSE_HEAD_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "services/gateway/http_request.h"
#include "services/gateway/http_status.h"

namespace wardbook::gateway {

// Thread-compatible.
class ResponseHead {
 public:
  explicit ResponseHead(HttpStatus status);

  // `value` comes from this program, or was held to what a header may have.
  ResponseHead& Add(absl::string_view name, absl::string_view value);
  ResponseHead& ContentLength(uint64_t bytes);
  ResponseHead& ConnectionAfterwards(HttpRequest::Afterwards afterwards);

  // With the empty line.
  std::string Text() const;

 private:
  std::string lines_;
};

// A whole answer in plain text that nobody keeps, such as that a request is refused.
std::string PlainAnswer(HttpStatus status, absl::string_view text,
                        HttpRequest::Afterwards afterwards);

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_RESPONSE_HEAD_H_
