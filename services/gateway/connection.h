// What happens on a connection from its first byte to its end.

#ifndef SERVICES_GATEWAY_CONNECTION_H_
#define SERVICES_GATEWAY_CONNECTION_H_

// Boost 1.74's awaitable.hpp needs it and does not include it.
#include <utility>
//
#include <boost/asio/awaitable.hpp>
#include <memory>

#include "services/gateway/call_exchange.h"
#include "services/gateway/gateway_parts.h"
#include "services/gateway/peer_address.h"
#include "services/gateway/quota.h"
#include "services/gateway/socket.h"

namespace wardbook::gateway {

// Thread-compatible.
class Connection {
 public:
  // `place` is its own among the connections. The parts outlive it.
  Connection(std::shared_ptr<Socket> socket, PeerAddress address, Quota::Share place,
             const GatewayParts& parts)
      : socket_(std::move(socket)),
        address_(std::move(address)),
        place_(std::move(place)),
        parts_(parts) {}

  // Until the connection has ended, was broken off or handed over. It is closed then.
  boost::asio::awaitable<void> Serve();

 private:
  // Whether the client is a browser, whose requests are to be answered.
  boost::asio::awaitable<absl::Status> Welcome();
  boost::asio::awaitable<Fate> AnswerNext(Input& input);
  boost::asio::awaitable<Fate> Refuse(HttpStatus status);
  boost::asio::awaitable<Fate> AnswerStatic(const HttpRequest& request);

  const std::shared_ptr<Socket> socket_;
  const PeerAddress address_;
  // Goes with the socket when it is handed over.
  Quota::Share place_;
  const GatewayParts& parts_;
};

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_CONNECTION_H_
