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
// A handler runs on a gRPC thread and must not wait there: what may wait goes to
// rpc.workers().

#ifndef SERVICES_RUNTIME_RPC_H_
#define SERVICES_RUNTIME_RPC_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <source_location>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/runtime/caller.h"
#include "services/runtime/refusal.h"
#include "services/runtime/transactor.h"
#include "services/runtime/worker_pool.h"
#include "storage/crypto/secret.h"

namespace wardbook::runtime {

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

// The next message of a server stream: true when `response` was filled, false at
// the end.
template <class Response>
using NextMessage = absl::AnyInvocable<absl::StatusOr<bool>(Response*)>;

// Safe for concurrent use.
class Rpc {
 public:
  // All outlive it. `fingerprint_key` is the vault's.
  Rpc(Authenticator& authenticator, Clock clock, const crypto::Secret& fingerprint_key,
      WorkerPool& workers);

  // Takes a unary call of somebody signed in. `body` may finish the call at
  // once or later.
  grpc::ServerUnaryReactor* Unary(grpc::CallbackServerContext* context,
                                  absl::AnyInvocable<void(const Call&, Finish) &&> body,
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

  // Who calls, for streams that take their own course.
  absl::StatusOr<Call> Authenticate(const grpc::CallbackServerContext& context) const;

  // Logs a failure of the server, once, with the handler it came from, and gives
  // what the caller gets.
  static grpc::Status Conclude(const std::source_location& handler, const absl::Status& status);

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

  WorkerPool& workers() const { return workers_; }
  absl::Time Now() const { return clock_(); }

 private:
  static absl::StatusOr<RequestId> ReadRequestId(absl::string_view text);
  // Over all of the request and who made it. Every method has a request message of
  // its own, so that its name stands for the method.
  Hash Fingerprint(const Caller& caller, const google::protobuf::Message& request) const;

  Authenticator& authenticator_;
  const Clock clock_;
  const crypto::Secret& fingerprint_key_;
  WorkerPool& workers_;
};

// The body of Rpc::Stream: writes what the source gives, one message at a time.
template <class Response>
class StreamReactor : public grpc::ServerWriteReactor<Response> {
 public:
  StreamReactor(WorkerPool& workers, grpc::CallbackServerContext* context,
                std::source_location handler)
      : workers_(workers), context_(context), handler_(handler) {}

  void Start(absl::StatusOr<Call> call,
             absl::AnyInvocable<absl::StatusOr<NextMessage<Response>>(const Call&) &&> open) {
    if (!call.ok()) return Conclude(call.status());
    workers_.Schedule([this, call = *std::move(call), open = std::move(open)]() mutable {
      absl::StatusOr<NextMessage<Response>> source = std::move(open)(call);
      if (!source.ok()) return Conclude(source.status());
      source_ = *std::move(source);
      WriteNext();
    });
  }

  void OnWriteDone(bool ok) override {
    if (!ok) return Conclude(absl::CancelledError("the client has gone"));
    workers_.Schedule([this] { WriteNext(); });
  }

  void OnDone() override { delete this; }

 private:
  void WriteNext() {
    if (context_->IsCancelled()) return Conclude(absl::CancelledError("the client has gone"));
    message_.Clear();
    const absl::StatusOr<bool> more = source_(&message_);
    if (!more.ok()) return Conclude(more.status());
    if (!*more) return Conclude(absl::OkStatus());
    this->StartWrite(&message_);
  }

  void Conclude(const absl::Status& status) { this->Finish(Rpc::Conclude(handler_, status)); }

  WorkerPool& workers_;
  grpc::CallbackServerContext* const context_;
  const std::source_location handler_;
  NextMessage<Response> source_;
  Response message_;
};

template <class Response>
grpc::ServerWriteReactor<Response>* Rpc::Stream(
    grpc::CallbackServerContext* context,
    absl::AnyInvocable<absl::StatusOr<NextMessage<Response>>(const Call&) &&> open,
    std::source_location handler) {
  auto* reactor = new StreamReactor<Response>(workers_, context, handler);
  reactor->Start(Authenticate(*context), std::move(open));
  return reactor;
}

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_RPC_H_
