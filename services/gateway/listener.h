// Takes a port for everybody: HOST:PORT, as gRPC reads it.

#ifndef SERVICES_GATEWAY_LISTENER_H_
#define SERVICES_GATEWAY_LISTENER_H_

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace wardbook::gateway {

// Listens on each address that the host has: a name may have several, and an address for
// all means those of IPv6 too. All have the same port; 0 takes a free one. UNAVAILABLE:
// cannot listen on one of them.
absl::StatusOr<std::vector<boost::asio::ip::tcp::acceptor>> Listen(
    boost::asio::io_context& context, const std::string& host_and_port);

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_LISTENER_H_
