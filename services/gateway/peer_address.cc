#include "services/gateway/peer_address.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace wardbook::gateway {
namespace {

namespace ip = boost::asio::ip;

constexpr std::ptrdiff_t kNetworkBytes = 8;

// A socket of both families shows IPv4 within IPv6.
ip::address Unmapped(const ip::address& address) {
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
  return ip::make_address_v4(ip::v4_mapped, address.to_v6());
}

}  // namespace

PeerAddress PeerAddressOf(const ip::address& address) {
  const ip::address plain = Unmapped(address);
  if (plain.is_v4()) return {absl::StrCat("ipv4:", plain.to_string()), plain.to_string()};
  ip::address_v6::bytes_type network = plain.to_v6().to_bytes();
  std::fill(network.begin() + kNetworkBytes, network.end(), 0);
  return {absl::StrCat("ipv6:%5B", plain.to_string(), "%5D"), ip::address_v6(network).to_string()};
}

}  // namespace wardbook::gateway
