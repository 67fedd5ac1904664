// Takes a port for everybody: HOST:PORT, as gRPC reads it.

#ifndef SERVICES_GATEWAY_LISTENER_H_
#define SERVICES_GATEWAY_LISTENER_H_

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace wardbook::gateway {

struct Listening {
  std::vector<boost::asio::ip::tcp::acceptor> acceptors;
  // Of each address that cannot be listened on, which and why.
  std::vector<std::string> failures;
};

// Listens on each address that the host has, which may be several. UNAVAILABLE: cannot
// listen on any of them.
absl::StatusOr<Listening> Listen(boost::asio::io_context& context,
                                 const std::string& host_and_port);

// Listens on these, each once; an address for all means those of IPv6 too. All have the
// port of the first; 0 takes a free one.
Listening ListenOn(boost::asio::io_context& context,
                   const std::vector<boost::asio::ip::tcp::endpoint>& endpoints);

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_LISTENER_H_
