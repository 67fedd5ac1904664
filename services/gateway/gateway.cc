#include "services/gateway/gateway.h"

// Boost 1.74's awaitable.hpp needs it and does not include it.
#include <utility>
//
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <list>
#include <optional>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "services/gateway/connection.h"
#include "services/gateway/descriptors.h"
#include "services/gateway/gateway_parts.h"
#include "services/gateway/listener.h"
#include "services/gateway/peer_address.h"
#include "services/gateway/quota.h"
#include "services/gateway/socket.h"
#include "services/gateway/spawn.h"
#include "storage/base/status_macros.h"

namespace wardbook::gateway {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

// TLS and copying, of which a core does gigabytes; the services have the other cores.
constexpr size_t kLanes = 2;

// Descriptors are back when connections have ended.
constexpr std::chrono::milliseconds kRetryAccept(100);

// A laptop that was closed is noticed within 80 seconds, as gRPC's clients are.
constexpr int kKeepaliveIdleSeconds = 60;
constexpr int kKeepaliveIntervalSeconds = 10;
constexpr int kKeepaliveProbes = 2;

void Prepare(tcp::socket& socket) {
  boost::system::error_code ignored;
  socket.native_non_blocking(true, ignored);
  socket.set_option(tcp::no_delay(true), ignored);
  socket.set_option(asio::socket_base::keep_alive(true), ignored);
  const int fd = socket.native_handle();
  setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &kKeepaliveIdleSeconds, sizeof(int));
  setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &kKeepaliveIntervalSeconds, sizeof(int));
  setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &kKeepaliveProbes, sizeof(int));
}

// A thread and the connections on it, which are touched by no other.
struct Lane {
  asio::io_context context{1};
  std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work{
      context.get_executor()};
  std::set<Socket*> sockets;
  bool stopping = false;
  std::thread thread;
};

}  // namespace

struct Gateway::Parts {
  Parts(GatewayConfig given, TlsContext tls_context,
        std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor)
      : config(std::move(given)),
        tls(std::move(tls_context)),
        connections(config.limits.connections_max, config.limits.connections_per_address_max),
        body_bytes(config.limits.body_bytes_together_max, config.limits.body_bytes_per_address_max),
        small_body_bytes(config.limits.small_body_bytes_together_max,
                         config.limits.small_body_bytes_per_address_max),
        answer_bytes(config.limits.answer_bytes_together_max,
                     config.limits.answer_bytes_per_address_max),
        grpc(std::move(acceptor), config.limits) {}

  void Run();
  void Stop();
  asio::awaitable<void> Accept(tcp::acceptor& acceptor);
  asio::awaitable<void> Serve(Lane& lane, tcp::socket tcp, PeerAddress address, Quota::Share place);

  const GatewayConfig config;
  const TlsContext tls;
  Quota connections;
  Quota body_bytes;
  Quota small_body_bytes;
  Quota answer_bytes;
  GrpcDoor grpc;
  std::unique_ptr<ServiceChannels> channels;
  std::optional<GatewayParts> shared;
  // On the first lane, as what accepts on them.
  std::array<Lane, kLanes> lanes;
  std::vector<tcp::acceptor> acceptors;
  std::optional<absl::BlockingCounter> accepting;
  size_t next_lane = 0;
  int port = 0;
  std::vector<std::string> warnings;
};

void Gateway::Parts::Run() {
  accepting.emplace(static_cast<int>(acceptors.size()));
  for (tcp::acceptor& acceptor : acceptors) {
    Spawn(lanes[0].context.get_executor(), [this, &acceptor] { return Accept(acceptor); });
  }
  for (Lane& lane : lanes) lane.thread = std::thread([&lane] { lane.context.run(); });
}

asio::awaitable<void> Gateway::Parts::Accept(tcp::acceptor& acceptor) {
  asio::steady_timer timer(acceptor.get_executor());
  while (acceptor.is_open()) {
    Lane& lane = lanes[next_lane++ % kLanes];
    tcp::socket tcp(lane.context);
    boost::system::error_code error;
    co_await acceptor.async_accept(tcp, asio::redirect_error(asio::use_awaitable, error));
    if (!acceptor.is_open()) break;
    // Programs that have ended make room for whoever comes, of descriptors too.
    grpc.Reap();
    if (error) {
      timer.expires_after(kRetryAccept);
      co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, error));
      continue;
    }
    const tcp::endpoint peer = tcp.remote_endpoint(error);
    if (error) continue;
    PeerAddress address = PeerAddressOf(peer.address());
    Quota::Share place(connections, address.counted);
    if (!place.Take(1)) continue;
    Spawn(lane.context.get_executor(),
          [this, &lane, tcp = std::move(tcp), address = std::move(address),
           place = std::move(place)]() mutable {
            return Serve(lane, std::move(tcp), std::move(address), std::move(place));
          });
  }
  accepting->DecrementCount();
}

asio::awaitable<void> Gateway::Parts::Serve(Lane& lane, tcp::socket tcp, PeerAddress address,
                                            Quota::Share place) {
  Prepare(tcp);
  const auto socket = std::make_shared<Socket>(std::move(tcp));
  lane.sockets.insert(socket.get());
  if (lane.stopping) socket->BreakOff();
  Connection connection(socket, std::move(address), std::move(place), *shared);
  co_await connection.Serve();
  lane.sockets.erase(socket.get());
}

void Gateway::Parts::Stop() {
  asio::post(lanes[0].context, [this] {
    boost::system::error_code ignored;
    for (tcp::acceptor& acceptor : acceptors) acceptor.close(ignored);
  });
  accepting->Wait();
  for (Lane& lane : lanes) {
    asio::post(lane.context, [&lane] {
      lane.stopping = true;
      for (Socket* socket : lane.sockets) socket->BreakOff();
      // The thread ends when the last connection has.
      lane.work.reset();
    });
  }
  for (Lane& lane : lanes) lane.thread.join();
  // The queue's thread may still be waking a lane that has done what it was woken for: it
  // ends before the lanes do.
  channels.reset();
}

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::Start(
    GatewayConfig config, grpc::Server& server,
    std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor) {
  WARDBOOK_ASSIGN_OR_RETURN(TlsContext tls,
                            TlsContext::Make(config.certificate_pem, config.private_key_pem));
  const int connections_wanted = config.limits.connections_max;
  WARDBOOK_ASSIGN_OR_RETURN(config.limits,
                            WithinDescriptors(config.limits, DescriptorsOfProcess()));
  auto parts = std::make_unique<Parts>(std::move(config), std::move(tls), std::move(acceptor));
  WARDBOOK_ASSIGN_OR_RETURN(parts->channels, ServiceChannels::Open(server, parts->config.limits));
  parts->shared.emplace(GatewayParts{parts->config.limits, parts->tls, parts->config.assets,
                                     parts->config.host_names, parts->config.pass_token,
                                     *parts->channels, parts->grpc, parts->body_bytes,
                                     parts->small_body_bytes, parts->answer_bytes});
  WARDBOOK_ASSIGN_OR_RETURN(Listening listening,
                            Listen(parts->lanes[0].context, parts->config.listen));
  parts->acceptors = std::move(listening.acceptors);
  parts->warnings = std::move(listening.failures);
  if (const int connections = parts->config.limits.connections_max;
      connections < connections_wanted) {
    parts->warnings.push_back(absl::StrCat("there are descriptors for ", connections,
                                           " connections, not for ", connections_wanted,
                                           ": raise the limit of open files"));
  }
  parts->port = parts->acceptors.front().local_endpoint().port();
  parts->Run();
  return std::unique_ptr<Gateway>(new Gateway(std::move(parts)));
}

Gateway::Gateway(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Gateway::~Gateway() { parts_->Stop(); }

int Gateway::port() const { return parts_->port; }

const std::vector<std::string>& Gateway::warnings() const { return parts_->warnings; }

int Gateway::CountConnections() const { return static_cast<int>(parts_->connections.taken()); }

int Gateway::CountPrograms() const { return parts_->grpc.CountOpen(); }

}  // namespace wardbook::gateway
