#include "services/gateway/connection.h"

#include <optional>
#include <variant>

#include "services/gateway/browser_rules.h"
#include "services/gateway/http_request.h"
#include "services/gateway/input.h"
#include "services/gateway/response_head.h"
#include "services/gateway/static_answer.h"

namespace wardbook::gateway {
namespace {

namespace asio = boost::asio;

constexpr char kPlainHttpAnswer[] =
    "HTTP/1.1 400 Bad Request\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n"
    "Content-Length: 53\r\n"
    "Connection: close\r\n"
    "\r\n"
    "This address is secure. Begin it with \"https://\".    ";

constexpr absl::string_view kRefused = "This request cannot be answered.\n";

}  // namespace

asio::awaitable<void> Connection::Serve() {
  const absl::Status welcome = co_await Welcome();
  if (!welcome.ok()) {
    socket_->BreakOff();
    co_return;
  }
  Input input(*socket_, parts_.limits);
  Fate fate = Fate::kNextRequest;
  while (fate == Fate::kNextRequest) fate = co_await AnswerNext(input);
  if (fate == Fate::kLinger) {
    socket_->SetDeadline(parts_.limits.linger_time);
    co_await socket_->Linger();
  }
  socket_->BreakOff();
}

asio::awaitable<absl::Status> Connection::Welcome() {
  socket_->SetDeadline(parts_.limits.handshake_time);
  const absl::StatusOr<ClientKind> kind = co_await socket_->PeekKind();
  if (!kind.ok()) co_return kind.status();
  if (*kind == ClientKind::kGrpc) {
    parts_.grpc.HandOver(socket_->Release(), address_.counted, std::move(place_));
    co_return absl::CancelledError("handed over");
  }
  if (*kind == ClientKind::kPlainHttp) {
    socket_->WritePlainly(kPlainHttpAnswer);
    socket_->SetDeadline(parts_.limits.linger_time);
    co_await socket_->Linger();
    co_return absl::CancelledError("not TLS");
  }
  co_return co_await socket_->Handshake(parts_.tls);
}

asio::awaitable<Fate> Connection::AnswerNext(Input& input) {
  const absl::StatusOr<std::string> head = co_await input.ReadHead();
  if (absl::IsResourceExhausted(head.status()))
    co_return co_await Refuse(HttpStatus::kHeadTooLarge);
  if (absl::IsNotFound(head.status())) co_return Fate::kLinger;
  if (!head.ok()) co_return Fate::kBroken;
  const std::variant<HttpRequest, HttpStatus> parsed = ParseHead(*head, parts_.limits.fields_max);
  if (const auto* refused = std::get_if<HttpStatus>(&parsed)) co_return co_await Refuse(*refused);
  const auto& request = std::get<HttpRequest>(parsed);
  // Nobody sends the next request before this one is answered but to find out who reads
  // where one ends differently.
  if (input.buffered() > request.content_length.value_or(0)) {
    co_return co_await Refuse(HttpStatus::kBadRequest);
  }
  if (const std::optional<HttpStatus> refused = RefuseHost(request, parts_.host_names)) {
    co_return co_await Refuse(*refused);
  }
  if (IsMethodPath(request.path)) {
    CallExchange exchange(*socket_, input, request, address_, parts_);
    co_return co_await exchange.Run();
  }
  if (request.method == HttpRequest::Method::kPost) {
    co_return co_await Refuse(HttpStatus::kMethodNotAllowed);
  }
  co_return co_await AnswerStatic(request);
}

asio::awaitable<Fate> Connection::Refuse(HttpStatus status) {
  const std::string answer = PlainAnswer(status, kRefused, HttpRequest::Afterwards::kClose);
  socket_->SetDeadline(parts_.limits.write_time);
  const absl::Status written = co_await socket_->Write(answer);
  co_return written.ok() ? Fate::kLinger : Fate::kBroken;
}

asio::awaitable<Fate> Connection::AnswerStatic(const HttpRequest& request) {
  const StaticAnswer answer = AnswerFromAssets(request, parts_.assets);
  socket_->SetDeadline(
      parts_.limits.write_time +
      absl::Seconds(static_cast<int64_t>(answer.body.size()) / parts_.limits.bytes_per_second_min));
  absl::Status written = co_await socket_->Write(answer.head);
  if (written.ok()) written = co_await socket_->Write(answer.body);
  if (!written.ok()) co_return Fate::kBroken;
  co_return request.afterwards == HttpRequest::Afterwards::kClose ? Fate::kLinger
                                                                  : Fate::kNextRequest;
}

}  // namespace wardbook::gateway
