// The frames of gRPC-Web: each message, and in the end the trailers, behind five bytes
// that say what and how long it is.

#ifndef SERVICES_GATEWAY_GRPC_WEB_H_
#define SERVICES_GATEWAY_GRPC_WEB_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

namespace wardbook::gateway {

inline constexpr size_t kFrameHeadBytes = 5;

// The length of the message behind the head of a request's frame. Nothing when the frame
// is no plain message: compressed, or not one of a request.
std::optional<uint32_t> MessageLength(absl::string_view frame_head);

// The head of the frame of a message.
std::string MessageFrameHead(uint32_t length);

// A whole frame of trailers. `metadata` has no status in it. What has no place in a
// trailer is left out: keys that are none, values with line ends.
std::string TrailersFrame(int status_code, absl::string_view status_message,
                          absl::Span<const std::pair<std::string, std::string>> metadata);

// A status message as gRPC writes it: all but printable ASCII in percents.
std::string PercentEncoded(absl::string_view text);

// The value of the field grpc-timeout, such as "1500m". Nothing when it is no timeout.
std::optional<absl::Duration> ParseTimeout(absl::string_view text);

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_GRPC_WEB_H_
