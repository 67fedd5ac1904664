// One call of a browser's: reads its message, makes the call, and writes what comes back
// as it comes.

#ifndef SERVICES_GATEWAY_CALL_EXCHANGE_H_
#define SERVICES_GATEWAY_CALL_EXCHANGE_H_

// Boost 1.74's awaitable.hpp needs it and does not include it.
#include <utility>
//
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <variant>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "grpcpp/support/byte_buffer.h"
#include "services/gateway/call_metadata.h"
#include "services/gateway/gateway_parts.h"
#include "services/gateway/http_request.h"
#include "services/gateway/input.h"
#include "services/gateway/peer_address.h"
#include "services/gateway/quota.h"
#include "services/gateway/service_call.h"
#include "services/gateway/socket.h"

namespace wardbook::gateway {

// What becomes of a connection after a request.
enum class Fate {
  kNextRequest,
  // The client is answered, and told by the end of the connection that it is not listened
  // to any more.
  kLinger,
  kBroken,
};

// Thread-compatible; good for one request.
class CallExchange {
 public:
  // All outlive it. `address` is the browser's.
  CallExchange(Socket& socket, Input& input, const HttpRequest& request, const PeerAddress& address,
               const GatewayParts& parts)
      : socket_(socket), input_(input), request_(request), address_(address), parts_(parts) {}

  boost::asio::awaitable<Fate> Run();

 private:
  // Answers without having read the body.
  boost::asio::awaitable<Fate> Refuse(HttpStatus status);

  // What a call is made with besides its message.
  struct Terms {
    Metadata metadata;
    absl::Duration timeout;
  };

  // Of the head of the request; why the rest is not read, if it is not.
  std::variant<Terms, HttpStatus> ReadTerms() const;
  // Why the request is not even read; nothing if it is.
  std::optional<HttpStatus> RefuseUnread() const;
  // The memory that the body counts for.
  Quota& BodyQuota() const;
  // The message in the body. INVALID_ARGUMENT: there is not exactly one.
  // RESOURCE_EXHAUSTED: there is no memory for it now. Otherwise as Socket.
  boost::asio::awaitable<absl::StatusOr<grpc::ByteBuffer>> ReadMessage(Quota::Share& share);

  // Writes what the call gives until it ends.
  boost::asio::awaitable<absl::Status> Relay(ServiceCall& call);
  boost::asio::awaitable<absl::Status> WriteMessage(const grpc::ByteBuffer& message,
                                                    std::string head);
  // Says how the call ended, and ends the answer.
  boost::asio::awaitable<absl::Status> WriteEnd(const std::string& head, const grpc::Status& status,
                                                const Metadata& trailers);
  // Within a time that goes with its size.
  boost::asio::awaitable<absl::Status> Write(absl::string_view bytes);
  std::string HeadOfAnswer(const Metadata& initial) const;

  Socket& socket_;
  Input& input_;
  const HttpRequest& request_;
  const PeerAddress& address_;
  const GatewayParts& parts_;
};

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_CALL_EXCHANGE_H_
