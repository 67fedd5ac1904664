// How every call is taken: who calls, when, and one place where failures become
// a gRPC status and a line in the log.
//
//   grpc::ServerUnaryReactor* AddNote(grpc::CallbackServerContext* context,
//                                     const AddNoteRequest* request,
//                                     AddNoteResponse* response) override {
//     return rpc_.Unary(context, [=, this](const Call& call, Finish finish) {
//       ...; finish(absl::OkStatus());
//     });
//   }
//
// A handler runs on one of the few threads of gRPC's and must not wait there: what
// may wait goes to rpc.workers().
//
// The calls under way are counted, and too many are refused. A call holds one
// message and has one piece of work at a time, so this is what bounds the
// memory of the messages, the streams and the queues of the workers.

#ifndef SERVICES_RUNTIME_RPC_H_
#define SERVICES_RUNTIME_RPC_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <source_location>
#include <string>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/runtime/call_count.h"
#include "services/runtime/caller.h"
#include "services/runtime/gateway_pass.h"
#include "services/runtime/idle_streams.h"
#include "services/runtime/refusal.h"
#include "services/runtime/refusal_log.h"
#include "services/runtime/transactor.h"
#include "services/runtime/worker_pool.h"
#include "storage/crypto/secret.h"

namespace wardbook::runtime {

// Calls of people signed in, streams included. Several times what a local
// authority's schools have under way in a busy moment; a message has 1 KiB as a
// rule and 1.25 MiB at the most.
inline constexpr int kCallsMax = 2048;

// Calls of one person, an eighth of all: one whose program has gone wild, or whose
// session was stolen, keeps nobody else out. Somebody at a desk has a handful under
// way, a program that files for a whole office not yet so many.
inline constexpr int kCallsOfPersonMax = 256;

// Calls of who is not signed in, which strangers can make at will. Each hashes a
// password, some 30 ms of a core, so the last of so many is answered in a second.
inline constexpr int kCallsOfAnybodyMax = 64;

// How long a stream waits for its client to send the next message or to take the last:
// what a chunk of evidence takes over a poor mobile connection.
inline constexpr std::chrono::minutes kStreamPatience(2);

// One call of somebody signed in.
struct Call {
  Caller caller;
  absl::Time now;
  // The metadata "wardbook-seen-position": a read waits until it shows this
  // position; nothing when the caller does not ask for it.
  std::optional<uint64_t> seen_position;
};

// Ends the call; called once, on any thread.
using Finish = absl::AnyInvocable<void(absl::Status)>;

// The same for a call with this request, which a refusal is recorded as one of. The
// request outlives it.
template <class Request>
Finish FinishFor(const Request& request, Finish finish) {
  return [&request, finish = std::move(finish)](absl::Status status) mutable {
    finish(OfRequest(request, std::move(status)));
  };
}

// The next message of a server stream: true when `response` was filled, false at
// the end.
template <class Response>
using NextMessage = absl::AnyInvocable<absl::StatusOr<bool>(Response*)>;

// Safe for concurrent use.
class Rpc {
 public:
  // All outlive it. `fingerprint_key` is the vault's.
  Rpc(Authenticator& authenticator, Clock clock, const crypto::Secret& fingerprint_key,
      WorkerPool& workers, std::chrono::nanoseconds stream_patience = kStreamPatience);

  // From now on a refusal to somebody signed in is answered after it was recorded.
  // Called before the first call; `refusals` outlives it. Without it none are
  // recorded.
  void RecordRefusals(RefusalLog& refusals) { refusals_ = &refusals; }

  // From now on calls with this pass are known as a browser's. Called before the first
  // call; `pass` outlives it. Without it none are.
  void TrustGateway(const GatewayPass& pass) { gateway_pass_ = &pass; }

  // The address of the browser behind a call; nothing when there is none.
  std::optional<std::string> BrowserAddress(const grpc::CallbackServerContext& context) const {
    return gateway_pass_ == nullptr ? std::nullopt : gateway_pass_->BrowserAddress(context);
  }

  RefusalLog::Counts RefusalCountsOf(const SchoolId& school) const {
    return refusals_ == nullptr ? RefusalLog::Counts() : refusals_->CountsOf(school);
  }

  // Takes a unary call of somebody signed in. `body` may finish the call at
  // once or later.
  grpc::ServerUnaryReactor* Unary(grpc::CallbackServerContext* context,
                                  absl::AnyInvocable<void(const Call&, Finish) &&> body,
                                  std::source_location handler = std::source_location::current());

  // The same, with `body` on a worker, where it may wait.
  grpc::ServerUnaryReactor* UnaryOnWorker(
      grpc::CallbackServerContext* context, absl::AnyInvocable<void(const Call&, Finish) &&> body,
      std::source_location handler = std::source_location::current());

  // Takes a unary call of anybody. The call's caller is empty.
  grpc::ServerUnaryReactor* UnaryOfAnybody(
      grpc::CallbackServerContext* context, absl::AnyInvocable<void(const Call&, Finish) &&> body,
      std::source_location handler = std::source_location::current());

  // Takes a call that is answered with a stream. `open` is called once, on a
  // worker, and gives the source, which is then called on workers until it
  // ends, fails or the client goes.
  template <class Response>
  grpc::ServerWriteReactor<Response>* Stream(
      grpc::CallbackServerContext* context,
      absl::AnyInvocable<absl::StatusOr<NextMessage<Response>>(const Call&) &&> open,
      std::source_location handler = std::source_location::current());

  // Who calls, and a place among the calls under way, for streams that take their
  // own course and keep the place until they end. A refusal for kServerBusy.
  absl::StatusOr<std::pair<Call, CallPlace>> Admit(const grpc::CallbackServerContext& context);

  // Who calls, for those that are counted elsewhere.
  absl::StatusOr<Call> Authenticate(const grpc::CallbackServerContext& context) const;

  // Whether who calls may still do so, for a stream that goes on. Unlike the
  // others this is no use of the session, which goes idle when nobody is there.
  absl::StatusOr<Call> Recheck(const grpc::CallbackServerContext& context) const;

  // Logs a failure of the server, once, with the handler it came from, and gives
  // what the caller gets. A refusal is no failure.
  static grpc::Status Conclude(const std::source_location& handler, const absl::Status& status);

  // The same for a call of somebody signed in: gives `answer` what the caller gets,
  // a refusal after it was recorded. `answer` is called once, here or on another
  // thread.
  void Conclude(const Call& call, const std::source_location& handler, const absl::Status& status,
                absl::AnyInvocable<void(grpc::Status)> answer);

  // The frame of a command: request id, fingerprint and expected revision of a
  // request that has the usual fields. A refusal for kRequestIdMissing.
  template <class Request>
  absl::StatusOr<CommandFrame> Frame(const Call& call, const Request& request,
                                     std::string stream) const {
    CommandFrame frame;
    WARDBOOK_ASSIGN_OR_RETURN(frame.request_id, ReadRequestId(request.request_id()));
    frame.caller = call.caller;
    frame.stream = std::move(stream);
    frame.fingerprint = Fingerprint(call.caller, request);
    if constexpr (requires { request.has_expected_revision(); }) {
      if (request.has_expected_revision()) frame.expected_revision = request.expected_revision();
    }
    frame.now = call.now;
    return frame;
  }

  // The frame of a command that is the server's own, which is never sent twice.
  CommandFrame OwnFrame(const Call& call, std::string stream) const;

  WorkerPool& workers() const { return workers_; }
  // Where streams are watched that take their own course.
  IdleStreams& idle_streams() { return idle_streams_; }
  absl::Time Now() const { return clock_(); }

 private:
  // What ends a call: concludes, gives the place back, answers.
  Finish FinishOf(Call call, grpc::ServerUnaryReactor* reactor, CallPlace place,
                  std::source_location handler);

  enum class SessionUse { kCounts, kDoesNotCount };
  absl::StatusOr<Call> ReadCall(const grpc::CallbackServerContext& context, SessionUse use) const;

  static absl::StatusOr<RequestId> ReadRequestId(absl::string_view text);
  // Over all of the request and who made it. Every method has a request message of
  // its own, so that its name stands for the method.
  Hash Fingerprint(const Caller& caller, const google::protobuf::Message& request) const;

  Authenticator& authenticator_;
  const Clock clock_;
  const crypto::Secret& fingerprint_key_;
  WorkerPool& workers_;
  RefusalLog* refusals_ = nullptr;
  const GatewayPass* gateway_pass_ = nullptr;
  CallCount calls_{kCallsMax, kCallsOfPersonMax};
  CallCount calls_of_anybody_{kCallsOfAnybodyMax};
  IdleStreams idle_streams_;
};

// The body of Rpc::Stream: writes what the source gives, one message at a time.
template <class Response>
class StreamReactor : public grpc::ServerWriteReactor<Response> {
 public:
  StreamReactor(Rpc& rpc, grpc::CallbackServerContext* context, std::source_location handler)
      : rpc_(rpc), context_(context), handler_(handler), watched_(rpc.idle_streams(), *context) {}

  void Start(absl::StatusOr<std::pair<Call, CallPlace>> admitted,
             absl::AnyInvocable<absl::StatusOr<NextMessage<Response>>(const Call&) &&> open) {
    if (!admitted.ok()) return this->Finish(Rpc::Conclude(handler_, admitted.status()));
    call_ = std::move(admitted->first);
    place_ = std::move(admitted->second);
    rpc_.workers().Schedule([this, open = std::move(open)]() mutable {
      absl::StatusOr<NextMessage<Response>> source = std::move(open)(call_);
      if (!source.ok()) return Conclude(source.status());
      source_ = *std::move(source);
      WriteNext();
    });
  }

  void OnWriteDone(bool ok) override {
    watched_.EndClientsTurn();
    if (!ok) return Conclude(absl::CancelledError("the client has gone"));
    rpc_.workers().Schedule([this] { WriteNext(); });
  }

  void OnDone() override { delete this; }

 private:
  void WriteNext() {
    if (context_->IsCancelled()) return Conclude(absl::CancelledError("the client has gone"));
    message_.Clear();
    const absl::StatusOr<bool> more = source_(&message_);
    if (!more.ok()) return Conclude(more.status());
    if (!*more) return Conclude(absl::OkStatus());
    watched_.BeginClientsTurn();
    this->StartWrite(&message_);
  }

  void Conclude(const absl::Status& status) {
    rpc_.Conclude(call_, handler_, status,
                  [this](const grpc::Status& concluded) { this->Finish(concluded); });
  }

  Rpc& rpc_;
  grpc::CallbackServerContext* const context_;
  const std::source_location handler_;
  WatchedStream watched_;
  Call call_;
  CallPlace place_;
  NextMessage<Response> source_;
  Response message_;
};

template <class Response>
grpc::ServerWriteReactor<Response>* Rpc::Stream(
    grpc::CallbackServerContext* context,
    absl::AnyInvocable<absl::StatusOr<NextMessage<Response>>(const Call&) &&> open,
    std::source_location handler) {
  auto* reactor = new StreamReactor<Response>(*this, context, handler);
  reactor->Start(Admit(*context), std::move(open));
  return reactor;
}

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_RPC_H_
