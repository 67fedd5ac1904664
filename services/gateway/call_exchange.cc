#include "services/gateway/call_exchange.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/gateway/browser_rules.h"
#include "services/gateway/call_metadata.h"
#include "services/gateway/grpc_web.h"
#include "services/gateway/response_head.h"
#include "services/gateway/session_cookie.h"
#include "services/runtime/gateway_pass.h"

namespace wardbook::gateway {
namespace {

namespace asio = boost::asio;

// Bodies and answers go in pieces, each with a deadline, so that whoever stalls is soon
// found out. Those of a body begin small and double, so that what was announced takes no
// memory before it comes, and never twice what has come.
constexpr size_t kFirstPieceBytes = 4 * 1024;
constexpr size_t kPieceBytesMax = 64 * 1024;

// Up to this an answer is written at once: a record of TLS.
constexpr size_t kRecordBytesMax = 16 * 1024;

constexpr absl::string_view kBusy = "The server is busy. Try again in a moment.";

constexpr char kContinue[] = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr char kLastChunk[] = "0\r\n\r\n";
constexpr char kLineEnd[] = "\r\n";

absl::Duration TimeFor(size_t bytes, const Limits& limits) {
  return absl::Seconds(static_cast<double>(bytes) /
                       static_cast<double>(limits.bytes_per_second_min));
}

// How long the pieces of something may take that is sent or received, which may stall.
class Pace {
 public:
  Pace(Socket& socket, const Limits& limits, absl::Duration stall, size_t bytes)
      : socket_(socket),
        limits_(limits),
        stall_(stall),
        end_(std::chrono::steady_clock::now() +
             absl::ToChronoMilliseconds(stall + TimeFor(bytes, limits))) {}

  // The next piece is waited for from now on.
  void Expect(size_t bytes) {
    const auto left = absl::FromChrono(end_ - std::chrono::steady_clock::now());
    socket_.SetDeadline(std::min(stall_ + TimeFor(bytes, limits_), left));
  }

 private:
  Socket& socket_;
  const Limits& limits_;
  const absl::Duration stall_;
  const std::chrono::steady_clock::time_point end_;
};

absl::string_view TextFor(HttpStatus status) {
  switch (status) {
    case HttpStatus::kForbidden:
      return "This request does not come from a page of this server.\n";
    case HttpStatus::kContentTooLarge:
      return "This is more than the server takes in one request.\n";
    case HttpStatus::kServiceUnavailable:
      return kBusy;
    default:
      return "This request cannot be answered.\n";
  }
}

// What a browser is told whose message could not be read; nothing when it has gone.
std::optional<HttpStatus> RefusalOf(const absl::Status& read) {
  if (absl::IsInvalidArgument(read)) return HttpStatus::kBadRequest;
  if (absl::IsResourceExhausted(read)) return HttpStatus::kServiceUnavailable;
  return std::nullopt;
}

grpc::Slice SliceOf(std::string bytes) {
  auto* const owned = new std::string(std::move(bytes));
  return grpc::Slice(
      owned->data(), owned->size(), [](void* string) { delete static_cast<std::string*>(string); },
      owned);
}

}  // namespace

asio::awaitable<Fate> CallExchange::Run() {
  const std::variant<Terms, HttpStatus> terms = ReadTerms();
  if (const auto* refused = std::get_if<HttpStatus>(&terms)) co_return co_await Refuse(*refused);
  std::optional<Quota::Share> share(std::in_place, BodyQuota(), address_.counted);
  absl::StatusOr<grpc::ByteBuffer> message = co_await ReadMessage(*share);
  if (const auto refused = RefusalOf(message.status())) co_return co_await Refuse(*refused);
  if (!message.ok()) co_return Fate::kBroken;
  std::optional<ServiceChannels::Place> place = parts_.channels.Enter(address_.counted);
  if (!place) co_return co_await Refuse(HttpStatus::kServiceUnavailable);

  // The services take what time the browser gives them; meanwhile it may go.
  socket_.ClearDeadline();
  ServiceCall call(socket_.executor(), *std::move(place), parts_.channels.queue());
  socket_.OnBreak([&call] { call.Cancel(); });
  socket_.WatchForEnd();
  co_await call.Start(request_.path, std::get<Terms>(terms).metadata,
                      std::get<Terms>(terms).timeout, *message);
  message->Clear();
  share.reset();
  const absl::Status relayed = co_await Relay(call);
  socket_.OnBreak(nullptr);
  socket_.StopWatching();
  if (!relayed.ok()) co_return Fate::kBroken;
  co_return request_.afterwards == HttpRequest::Afterwards::kClose ? Fate::kLinger
                                                                   : Fate::kNextRequest;
}

asio::awaitable<Fate> CallExchange::Refuse(HttpStatus status) {
  const std::string answer = PlainAnswer(status, TextFor(status), HttpRequest::Afterwards::kClose);
  const absl::Status written = co_await Write(answer);
  co_return written.ok() ? Fate::kLinger : Fate::kBroken;
}

std::variant<CallExchange::Terms, HttpStatus> CallExchange::ReadTerms() const {
  if (const std::optional<HttpStatus> refused = RefuseUnread()) return *refused;
  std::variant<Metadata, HttpStatus> metadata =
      MetadataOfRequest(request_, {address_.told, parts_.pass_token});
  if (const auto* refused = std::get_if<HttpStatus>(&metadata)) return *refused;
  absl::Duration timeout = parts_.limits.call_time_max;
  if (request_.HasField("grpc-timeout")) {
    const std::optional<absl::Duration> asked = ParseTimeout(request_.Field("grpc-timeout"));
    if (!asked) return HttpStatus::kBadRequest;
    timeout = std::min(timeout, *asked);
  }
  return Terms{std::get<Metadata>(std::move(metadata)), timeout};
}

std::optional<HttpStatus> CallExchange::RefuseUnread() const {
  if (const std::optional<HttpStatus> refused = RefuseCall(request_)) return refused;
  const uint64_t length = request_.content_length.value_or(0);
  const uint64_t length_max = SessionOfCookies(request_.Field("cookie"))
                                  ? parts_.limits.body_bytes_max
                                  : parts_.limits.body_bytes_of_strangers_max;
  if (length > length_max) return HttpStatus::kContentTooLarge;
  if (length < kFrameHeadBytes) return HttpStatus::kBadRequest;
  return std::nullopt;
}

Quota& CallExchange::BodyQuota() const {
  return *request_.content_length <= parts_.limits.small_body_bytes_max ? parts_.small_body_bytes
                                                                        : parts_.body_bytes;
}

asio::awaitable<absl::StatusOr<grpc::ByteBuffer>> CallExchange::ReadMessage(Quota::Share& share) {
  const uint64_t length = *request_.content_length;
  Pace pace(socket_, parts_.limits, parts_.limits.body_time, length);
  pace.Expect(kFrameHeadBytes);
  if (request_.expects_continue) {
    const absl::Status written = co_await socket_.Write(kContinue);
    if (!written.ok()) co_return written;
  }
  std::array<char, kFrameHeadBytes> frame_head;
  const absl::Status began = co_await input_.ReadAll(absl::MakeSpan(frame_head));
  if (!began.ok()) co_return began;
  const std::optional<uint32_t> message_length =
      MessageLength(absl::string_view(frame_head.data(), frame_head.size()));
  if (!message_length || *message_length != length - kFrameHeadBytes) {
    co_return absl::InvalidArgumentError("not one message");
  }
  std::vector<grpc::Slice> pieces;
  size_t next = kFirstPieceBytes;
  for (size_t left = *message_length; left > 0; next = std::min(2 * next, kPieceBytesMax)) {
    const size_t size = std::min(left, next);
    if (!share.Take(static_cast<int64_t>(size))) {
      co_return absl::ResourceExhaustedError("no memory for another body");
    }
    std::string piece(size, '\0');
    pace.Expect(size);
    const absl::Status read = co_await input_.ReadAll(absl::MakeSpan(piece));
    if (!read.ok()) co_return read;
    pieces.push_back(SliceOf(std::move(piece)));
    left -= size;
  }
  // gRPC tells an empty message from none by a slice without bytes.
  if (pieces.empty()) pieces.emplace_back();
  co_return grpc::ByteBuffer(pieces.data(), pieces.size());
}

asio::awaitable<absl::Status> CallExchange::Relay(ServiceCall& call) {
  absl::Status written;
  std::optional<std::string> head;
  while (written.ok()) {
    const std::optional<grpc::ByteBuffer> message = co_await call.Read();
    std::string before;
    if (!head) {
      head = HeadOfAnswer(call.InitialMetadata());
      before = *head;
    }
    if (!message) {
      const grpc::Status status = co_await call.Finish();
      Metadata trailers;
      for (auto& [key, value] : call.TrailingMetadata()) {
        if (PassesToBrowser(key)) trailers.emplace_back(key, value);
      }
      co_return co_await WriteEnd(before, status, trailers);
    }
    const size_t size = message->Length();
    Quota::Share share(parts_.answer_bytes, address_.counted);
    if (size > parts_.limits.small_answer_bytes_max && !share.Take(static_cast<int64_t>(size))) {
      call.Cancel();
      co_await call.Finish();
      const grpc::Status busy(grpc::StatusCode::RESOURCE_EXHAUSTED, std::string(kBusy));
      co_return co_await WriteEnd(before, busy, Metadata());
    }
    written = co_await WriteMessage(*message, std::move(before));
    // Until the next message it is the server's turn.
    socket_.ClearDeadline();
  }
  call.Cancel();
  co_await call.Finish();
  co_return written;
}

asio::awaitable<absl::Status> CallExchange::WriteMessage(const grpc::ByteBuffer& message,
                                                         std::string head) {
  std::vector<grpc::Slice> slices;
  const size_t size = message.Length();
  if (!message.Dump(&slices).ok()) co_return absl::InternalError("no message");
  std::string out = absl::StrCat(std::move(head), absl::Hex(size + kFrameHeadBytes), kLineEnd,
                                 MessageFrameHead(static_cast<uint32_t>(size)));
  Pace pace(socket_, parts_.limits, parts_.limits.write_time, size);
  for (const grpc::Slice& slice : slices) {
    absl::string_view bytes(reinterpret_cast<const char*>(slice.begin()), slice.size());
    if (out.size() + bytes.size() <= kRecordBytesMax) {
      out.append(bytes.data(), bytes.size());
      continue;
    }
    pace.Expect(out.size());
    const absl::Status before = co_await socket_.Write(out);
    if (!before.ok()) co_return before;
    out.clear();
    for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), kPieceBytesMax))) {
      const absl::string_view piece = bytes.substr(0, kPieceBytesMax);
      pace.Expect(piece.size());
      const absl::Status written = co_await socket_.Write(piece);
      if (!written.ok()) co_return written;
    }
  }
  out += kLineEnd;
  pace.Expect(out.size());
  co_return co_await socket_.Write(out);
}

asio::awaitable<absl::Status> CallExchange::WriteEnd(const std::string& head,
                                                     const grpc::Status& status,
                                                     const Metadata& trailers) {
  const std::string frame =
      TrailersFrame(static_cast<int>(status.error_code()), status.error_message(), trailers);
  const std::string end =
      absl::StrCat(head, absl::Hex(frame.size()), kLineEnd, frame, kLineEnd, kLastChunk);
  co_return co_await Write(end);
}

asio::awaitable<absl::Status> CallExchange::Write(absl::string_view bytes) {
  socket_.SetDeadline(parts_.limits.write_time + TimeFor(bytes.size(), parts_.limits));
  co_return co_await socket_.Write(bytes);
}

std::string CallExchange::HeadOfAnswer(const Metadata& initial) const {
  ResponseHead head(HttpStatus::kOk);
  head.Add("Content-Type", kGrpcWeb)
      .Add("Cache-Control", "no-store, no-transform")
      .Add("Transfer-Encoding", "chunked")
      .ConnectionAfterwards(request_.afterwards);
  for (const auto& [key, value] : initial) {
    if (key == runtime::kGatewaySessionKey) {
      head.Add("Set-Cookie", CookieOfSession(value).value_or(CookieOfNoSession()));
    }
  }
  return head.Text();
}

}  // namespace wardbook::gateway
