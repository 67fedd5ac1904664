// The connection of one client: TCP, and TLS on it. Everything happens on the thread of
// its executor. One deadline holds for whatever is waited for: when it passes, or the
// gateway stops, the connection is broken off, and everything that waits fails.

#ifndef SERVICES_GATEWAY_SOCKET_H_
#define SERVICES_GATEWAY_SOCKET_H_

// Boost 1.74's awaitable.hpp needs it and does not include it.
#include <utility>
//
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/gateway/client_hello.h"
#include "services/gateway/tls_context.h"

namespace wardbook::gateway {

// Thread-compatible. What fails with CANCELLED was broken off here; with UNAVAILABLE, the
// client has gone or breaks the rules of TLS.
class Socket : public std::enable_shared_from_this<Socket> {
 public:
  explicit Socket(boost::asio::ip::tcp::socket tcp);

  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  // From now on the connection may last so long.
  void SetDeadline(absl::Duration from_now);
  void ClearDeadline();

  // Ends everything that waits. `on_break` is called once if the connection is broken off:
  // now if it was before, otherwise then. Nothing takes its place.
  void BreakOff();
  void OnBreak(std::function<void()> on_break);

  // Looks at the first bytes, which stay where they are. UNAVAILABLE: the client has gone
  // before it could be told.
  boost::asio::awaitable<absl::StatusOr<ClientKind>> PeekKind();
  // The descriptor, which is the caller's from now on.
  int Release();
  // Writes a few bytes without TLS, as far as they go at once.
  void WritePlainly(absl::string_view text);

  boost::asio::awaitable<absl::Status> Handshake(const TlsContext& tls);
  // At least one byte; none at the end.
  boost::asio::awaitable<absl::StatusOr<size_t>> ReadSome(absl::Span<char> into);
  // All of `into`.
  boost::asio::awaitable<absl::Status> ReadAll(absl::Span<char> into);
  boost::asio::awaitable<absl::Status> Write(absl::string_view bytes);

  // While it is the server's turn: the connection is broken off as soon as the client ends
  // it, or sends more before it was answered. Until StopWatching or the break.
  void WatchForEnd();
  void StopWatching() { ++watch_; }

  // Says that nothing more comes, and takes what the client still sends, until it ends or
  // the deadline passes: a connection that is closed while bytes arrive takes the answer
  // away from the client.
  boost::asio::awaitable<void> Linger();

  boost::asio::any_io_executor executor() { return tcp_.get_executor(); }

 private:
  enum class Direction { kRead, kWrite };

  // OK when the socket may be read or written.
  boost::asio::awaitable<absl::Status> Wait(Direction direction);
  // Goes on after an operation of TLS that gave `result`: waits for what it needs.
  boost::asio::awaitable<absl::Status> WaitForTls(int result);
  boost::asio::awaitable<void> Watch(uint64_t watch);
  void WaitForDeadline();

  boost::asio::ip::tcp::socket tcp_;
  SslPtr ssl_;
  bool broken_ = false;
  // The one that goes on; an earlier one finds that it is over.
  uint64_t watch_ = 0;
  std::function<void()> on_break_;

  boost::asio::steady_timer timer_;
  std::optional<std::chrono::steady_clock::time_point> deadline_;
  // When the timer wakes; nothing while it does not run.
  std::optional<std::chrono::steady_clock::time_point> wakes_;
};

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_SOCKET_H_
