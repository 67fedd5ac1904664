#include "services/gateway/socket.h"

#include <openssl/err.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "services/gateway/spawn.h"

namespace wardbook::gateway {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

absl::Status Broken() { return absl::CancelledError("the connection was broken off"); }
absl::Status Gone() { return absl::UnavailableError("the client has gone"); }

// A watchdog that is late by so much is none the worse, and sleeps more.
constexpr std::chrono::milliseconds kTimerSlack(50);

}  // namespace

Socket::Socket(tcp::socket tcp) : tcp_(std::move(tcp)), timer_(tcp_.get_executor()) {}

void Socket::SetDeadline(absl::Duration from_now) {
  deadline_ = std::chrono::steady_clock::now() + absl::ToChronoMilliseconds(from_now);
  if (!broken_ && (!wakes_ || *wakes_ > *deadline_ + kTimerSlack)) WaitForDeadline();
}

void Socket::ClearDeadline() { deadline_.reset(); }

void Socket::WaitForDeadline() {
  wakes_ = *deadline_;
  timer_.expires_at(*wakes_);
  // The socket may end before its timer.
  timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const std::shared_ptr<Socket> self = weak.lock();
    if (error || !self || self->broken_) return;
    self->wakes_.reset();
    if (!self->deadline_) return;
    if (*self->deadline_ <= std::chrono::steady_clock::now()) return self->BreakOff();
    self->WaitForDeadline();
  });
}

void Socket::BreakOff() {
  if (broken_) return;
  broken_ = true;
  timer_.cancel();
  boost::system::error_code ignored;
  tcp_.close(ignored);
  if (const std::function<void()> on_break = std::exchange(on_break_, nullptr)) on_break();
}

void Socket::OnBreak(std::function<void()> on_break) {
  if (broken_ && on_break) return on_break();
  on_break_ = std::move(on_break);
}

asio::awaitable<absl::Status> Socket::Wait(Direction direction) {
  if (broken_) co_return Broken();
  boost::system::error_code error;
  const auto what =
      direction == Direction::kRead ? tcp::socket::wait_read : tcp::socket::wait_write;
  co_await tcp_.async_wait(what, asio::redirect_error(asio::use_awaitable, error));
  if (broken_) co_return Broken();
  co_return error ? Gone() : absl::OkStatus();
}

asio::awaitable<absl::StatusOr<ClientKind>> Socket::PeekKind() {
  size_t seen_before = 0;
  for (;;) {
    absl::Status ready = co_await Wait(Direction::kRead);
    if (!ready.ok()) co_return ready;
    // Only now, because a client that never sends anything is given no memory.
    std::string seen(kClientHelloBytesMax, '\0');
    const ssize_t count = recv(tcp_.native_handle(), seen.data(), seen.size(), MSG_PEEK);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    // Woken without more than before: there will be no more.
    if (count <= 0 || static_cast<size_t>(count) <= seen_before) co_return Gone();
    seen_before = static_cast<size_t>(count);
    ClientKind kind = KindOfClient(absl::string_view(seen).substr(0, seen_before));
    if (kind == ClientKind::kUndecided && seen_before == seen.size()) kind = ClientKind::kBrowser;
    // What was peeked at stays readable: wake for more than that, or for the end.
    const int wake_at = kind == ClientKind::kUndecided ? static_cast<int>(seen_before) + 1 : 1;
    setsockopt(tcp_.native_handle(), SOL_SOCKET, SO_RCVLOWAT, &wake_at, sizeof(wake_at));
    if (kind != ClientKind::kUndecided) co_return kind;
  }
}

int Socket::Release() {
  broken_ = true;
  timer_.cancel();
  boost::system::error_code ignored;
  return tcp_.release(ignored);
}

void Socket::WritePlainly(absl::string_view text) {
  if (broken_) return;
  [[maybe_unused]] const ssize_t sent =
      send(tcp_.native_handle(), text.data(), text.size(), MSG_NOSIGNAL);
}

asio::awaitable<absl::Status> Socket::WaitForTls(int result) {
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_READ:
      co_return co_await Wait(Direction::kRead);
    case SSL_ERROR_WANT_WRITE:
      co_return co_await Wait(Direction::kWrite);
    default:
      co_return Gone();
  }
}

asio::awaitable<absl::Status> Socket::Handshake(const TlsContext& tls) {
  if (broken_) co_return Broken();
  ssl_ = tls.NewConnection(tcp_.native_handle());
  for (;;) {
    ERR_clear_error();
    const int result = SSL_do_handshake(ssl_.get());
    if (result == 1) co_return absl::OkStatus();
    absl::Status ready = co_await WaitForTls(result);
    if (!ready.ok()) co_return ready;
  }
}

asio::awaitable<absl::StatusOr<size_t>> Socket::ReadSome(absl::Span<char> into) {
  for (;;) {
    if (broken_) co_return Broken();
    ERR_clear_error();
    size_t count = 0;
    const int result = SSL_read_ex(ssl_.get(), into.data(), into.size(), &count);
    if (result == 1) co_return count;
    if (SSL_get_error(ssl_.get(), result) == SSL_ERROR_ZERO_RETURN) co_return size_t{0};
    absl::Status ready = co_await WaitForTls(result);
    if (!ready.ok()) co_return ready;
  }
}

asio::awaitable<absl::Status> Socket::ReadAll(absl::Span<char> into) {
  while (!into.empty()) {
    const absl::StatusOr<size_t> count = co_await ReadSome(into);
    if (!count.ok()) co_return count.status();
    if (*count == 0) co_return Gone();
    into.remove_prefix(*count);
  }
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> Socket::Write(absl::string_view bytes) {
  while (!bytes.empty()) {
    if (broken_) co_return Broken();
    ERR_clear_error();
    size_t count = 0;
    const int result = SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &count);
    if (result == 1) {
      bytes.remove_prefix(count);
      continue;
    }
    absl::Status ready = co_await WaitForTls(result);
    if (!ready.ok()) co_return ready;
  }
  co_return absl::OkStatus();
}

void Socket::WatchForEnd() {
  const uint64_t watch = ++watch_;
  // The coroutine keeps the socket while it waits.
  Spawn(executor(), [self = shared_from_this(), watch]() -> asio::awaitable<void> {
    co_await self->Watch(watch);
  });
}

asio::awaitable<void> Socket::Watch(uint64_t watch) {
  while (watch == watch_ && !broken_) {
    ERR_clear_error();
    char one = 0;
    size_t count = 0;
    // Peeked at, so that nothing is lost of a request that comes as the watch ends.
    const int result = SSL_peek_ex(ssl_.get(), &one, 1, &count);
    if (result == 1 || SSL_get_error(ssl_.get(), result) != SSL_ERROR_WANT_READ) {
      BreakOff();
      co_return;
    }
    const absl::Status ready = co_await Wait(Direction::kRead);
    if (watch != watch_) co_return;
    if (!ready.ok()) {
      BreakOff();
      co_return;
    }
  }
}

asio::awaitable<void> Socket::Linger() {
  if (broken_) co_return;
  ERR_clear_error();
  if (ssl_) SSL_shutdown(ssl_.get());
  boost::system::error_code ignored;
  tcp_.shutdown(tcp::socket::shutdown_send, ignored);
  std::array<char, 16384> thrown_away;
  for (;;) {
    const absl::Status ready = co_await Wait(Direction::kRead);
    if (!ready.ok()) co_return;
    const ssize_t count = recv(tcp_.native_handle(), thrown_away.data(), thrown_away.size(), 0);
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) co_return;
  }
}

}  // namespace wardbook::gateway
