#include "services/gateway/input.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "services/gateway/http_request.h"

namespace wardbook::gateway {
namespace {

// Most heads come in one piece of this size.
constexpr size_t kPieceBytes = 2048;

}  // namespace

boost::asio::awaitable<absl::StatusOr<std::string>> Input::ReadHead() {
  std::array<char, kPieceBytes> piece;
  socket_.SetDeadline(buffer_.empty() ? wait_ : limits_.head_time);
  wait_ = limits_.idle_time;
  for (;;) {
    if (const std::optional<size_t> end = EndOfHead(buffer_)) {
      std::string head = buffer_.substr(0, *end);
      buffer_.erase(0, *end);
      // An idle connection keeps no memory.
      if (buffer_.empty()) buffer_.shrink_to_fit();
      co_return head;
    }
    if (buffer_.size() > limits_.head_bytes_max) {
      co_return absl::ResourceExhaustedError("the head is too long");
    }
    const absl::StatusOr<size_t> count = co_await socket_.ReadSome(absl::MakeSpan(piece));
    if (!count.ok()) co_return count.status();
    if (*count == 0) co_return absl::NotFoundError("the client has ended the connection");
    if (buffer_.empty()) socket_.SetDeadline(limits_.head_time);
    buffer_.append(piece.data(), *count);
  }
}

boost::asio::awaitable<absl::Status> Input::ReadAll(absl::Span<char> into) {
  const size_t here = std::min(into.size(), buffer_.size());
  std::memcpy(into.data(), buffer_.data(), here);
  buffer_.erase(0, here);
  into.remove_prefix(here);
  co_return co_await socket_.ReadAll(into);
}

}  // namespace wardbook::gateway
