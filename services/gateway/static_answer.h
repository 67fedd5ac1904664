// The answer to a request for a file of the web client.

#ifndef SERVICES_GATEWAY_STATIC_ANSWER_H_
#define SERVICES_GATEWAY_STATIC_ANSWER_H_

#include <string>

#include "absl/strings/string_view.h"
#include "services/gateway/assets.h"
#include "services/gateway/http_request.h"

namespace wardbook::gateway {

struct StaticAnswer {
  std::string head;
  // Of the assets, or of the program.
  absl::string_view body;
};

// Answers GET and HEAD.
StaticAnswer AnswerFromAssets(const HttpRequest& request, const Assets& assets);

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_STATIC_ANSWER_H_
