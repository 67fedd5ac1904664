// The answers of HTTP that the gateway gives.

#ifndef SERVICES_GATEWAY_HTTP_STATUS_H_
#define SERVICES_GATEWAY_HTTP_STATUS_H_

#include "absl/strings/string_view.h"

namespace wardbook::gateway {

enum class HttpStatus {
  kOk = 200,
  kNotModified = 304,
  kBadRequest = 400,
  kForbidden = 403,
  kNotFound = 404,
  kMethodNotAllowed = 405,
  kLengthRequired = 411,
  kContentTooLarge = 413,
  kUnsupportedMediaType = 415,
  kExpectationFailed = 417,
  kMisdirectedRequest = 421,
  kHeadTooLarge = 431,
  kServiceUnavailable = 503,
  kVersionNotSupported = 505,
};

// As it stands behind the number in the first line of an answer.
absl::string_view PhraseOf(HttpStatus status);

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_HTTP_STATUS_H_
