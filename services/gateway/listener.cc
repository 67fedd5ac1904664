#include "services/gateway/listener.h"

#include <algorithm>
#include <boost/asio/ip/v6_only.hpp>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "storage/base/status_macros.h"

namespace wardbook::gateway {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

// As many as arrive while a hundred handshakes are computed; the kernel has a limit of its
// own.
constexpr int kBacklog = 4096;

// A port is a number of 16 bits.
constexpr int kPortMax = 65535;

enum class Family { kOne, kBoth };

absl::StatusOr<tcp::acceptor> Open(boost::asio::io_context& context, const tcp::endpoint& endpoint,
                                   Family family) {
  tcp::acceptor acceptor(context);
  error_code error;
  acceptor.open(endpoint.protocol(), error);
  // A server that is started anew takes its port back at once. Never the port of another
  // that runs: that would take SO_REUSEPORT.
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error && endpoint.address().is_v6()) {
    acceptor.set_option(boost::asio::ip::v6_only(family == Family::kOne), error);
  }
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(kBacklog, error);
  if (error) return absl::UnavailableError(error.message());
  return acceptor;
}

}  // namespace

absl::StatusOr<Listening> Listen(boost::asio::io_context& context,
                                 const std::string& host_and_port) {
  const auto cannot = [&host_and_port](absl::string_view why) {
    return absl::UnavailableError(absl::StrCat("cannot listen on ", host_and_port, ": ", why));
  };
  const size_t colon = host_and_port.rfind(':');
  if (colon == std::string::npos) return cannot("it is not HOST:PORT");
  absl::string_view host = absl::string_view(host_and_port).substr(0, colon);
  if (absl::ConsumePrefix(&host, "[")) absl::ConsumeSuffix(&host, "]");
  // The resolver takes a larger number and cuts it off, which would be some other port.
  int port = 0;
  if (!absl::SimpleAtoi(host_and_port.substr(colon + 1), &port) || port < 0 || port > kPortMax) {
    return cannot("a port is a number from 0 to 65535");
  }
  error_code error;
  tcp::resolver resolver(context);
  const auto found =
      resolver.resolve(std::string(host), host_and_port.substr(colon + 1),
                       tcp::resolver::passive | tcp::resolver::numeric_service, error);
  if (error) return cannot(error.message());

  Listening listening = ListenOn(context, {found.begin(), found.end()});
  if (listening.acceptors.empty()) return cannot(absl::StrJoin(listening.failures, "; "));
  return listening;
}

Listening ListenOn(boost::asio::io_context& context, const std::vector<tcp::endpoint>& endpoints) {
  Listening listening;
  // A name may have an address twice.
  std::set<boost::asio::ip::address> tried;
  for (tcp::endpoint endpoint : endpoints) {
    if (!tried.insert(endpoint.address()).second) continue;
    if (!listening.acceptors.empty()) {
      endpoint.port(listening.acceptors.front().local_endpoint().port());
    }
    if (endpoint.address().is_unspecified()) {
      absl::StatusOr<tcp::acceptor> both =
          Open(context, {boost::asio::ip::address_v6::any(), endpoint.port()}, Family::kBoth);
      if (both.ok()) {
        listening.acceptors.push_back(*std::move(both));
        break;
      }
      // A computer without IPv6.
    }
    absl::StatusOr<tcp::acceptor> one = Open(context, endpoint, Family::kOne);
    if (one.ok()) {
      listening.acceptors.push_back(*std::move(one));
    } else {
      listening.failures.push_back(absl::StrCat("cannot listen on ", endpoint.address().to_string(),
                                                ": ", one.status().message()));
    }
  }
  return listening;
}

}  // namespace wardbook::gateway
