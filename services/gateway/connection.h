// What happens on a connection from its first byte to its end.

#ifndef SERVICES_GATEWAY_CONNECTION_H_
#define SERVICES_GATEWAY_CONNECTION_H_

// Boost 1.74's awaitable.hpp needs it and does not include it.
#include <utility>
//
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "services/gateway/call_exchange.h"
#include "services/gateway/gateway_parts.h"
#include "services/gateway/socket.h"

namespace wardbook::gateway {

// Thread-compatible.
class Connection {
 public:
  // `address` is the client's, as gRPC writes that of a peer, without the port. The parts
  // outlive it.
  Connection(std::shared_ptr<Socket> socket, std::string address, const GatewayParts& parts)
      : socket_(std::move(socket)), address_(std::move(address)), parts_(parts) {}

  // Until the connection has ended, was broken off or handed over. It is closed then.
  boost::asio::awaitable<void> Serve();

 private:
  // Whether the client is a browser, whose requests are to be answered.
  boost::asio::awaitable<absl::Status> Welcome();
  boost::asio::awaitable<Fate> AnswerNext(Input& input);
  boost::asio::awaitable<Fate> Refuse(HttpStatus status);
  boost::asio::awaitable<Fate> AnswerStatic(const HttpRequest& request);

  const std::shared_ptr<Socket> socket_;
  const std::string address_;
  const GatewayParts& parts_;
};

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_CONNECTION_H_
