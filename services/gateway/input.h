// What a client sends, in order: heads and bodies of requests.

#ifndef SERVICES_GATEWAY_INPUT_H_
#define SERVICES_GATEWAY_INPUT_H_

// Boost 1.74's awaitable.hpp needs it and does not include it.
#include <utility>
//
#include <boost/asio/awaitable.hpp>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "services/gateway/limits.h"
#include "services/gateway/socket.h"

namespace wardbook::gateway {

// Thread-compatible.
class Input {
 public:
  // Both outlive it.
  Input(Socket& socket, const Limits& limits) : socket_(socket), limits_(limits) {}

  // The next head, whole. NOT_FOUND: the client has ended the connection instead.
  // RESOURCE_EXHAUSTED: it is too long. Otherwise as Socket.
  boost::asio::awaitable<absl::StatusOr<std::string>> ReadHead();

  // The next bytes.
  boost::asio::awaitable<absl::Status> ReadAll(absl::Span<char> into);

  // Bytes that have been received and not been read.
  size_t buffered() const { return buffer_.size(); }

 private:
  Socket& socket_;
  const Limits& limits_;
  // For the first byte of the next head.
  absl::Duration wait_ = limits_.first_request_time;
  std::string buffer_;
};

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_INPUT_H_
