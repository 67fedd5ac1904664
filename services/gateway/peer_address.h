// The address of a client, as it is told to the services and as it is counted.

#ifndef SERVICES_GATEWAY_PEER_ADDRESS_H_
#define SERVICES_GATEWAY_PEER_ADDRESS_H_

#include <boost/asio/ip/address.hpp>
#include <string>

namespace wardbook::gateway {

struct PeerAddress {
  // As gRPC writes that of a peer, without the port: "ipv4:192.0.2.1", "ipv6:%5B::1%5D".
  // So one machine has one address, whichever client runs on it.
  std::string told;
  // What connections, calls and memory are counted under. A network of IPv6 (/64) is one
  // household or school, and has more addresses than could be counted.
  std::string counted;
};

PeerAddress PeerAddressOf(const boost::asio::ip::address& address);

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_PEER_ADDRESS_H_
