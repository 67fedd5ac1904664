#include "services/runtime/rpc.h"

#include <chrono>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "spdlog/spdlog.h"
#include "storage/crypto/random.h"
#include "storage/crypto/sha256.h"

namespace wardbook::runtime {
namespace {

constexpr char kAuthorization[] = "authorization";
constexpr char kBearer[] = "Bearer ";
constexpr char kSeenPosition[] = "wardbook-seen-position";

absl::string_view Metadata(const grpc::CallbackServerContext& context, const char* key) {
  const auto found = context.client_metadata().find(key);
  if (found == context.client_metadata().end()) return "";
  return {found->second.data(), found->second.size()};
}

// Failures that somebody must look into, as against answers to a request.
bool IsServersFault(const absl::Status& status) {
  if (IsRefusal(status)) return false;
  switch (status.code()) {
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kResourceExhausted:
      return true;
    default:
      return false;
  }
}

}  // namespace

Rpc::Rpc(Authenticator& authenticator, Clock clock, const crypto::Secret& fingerprint_key,
         WorkerPool& workers, std::chrono::nanoseconds stream_patience)
    : authenticator_(authenticator),
      clock_(std::move(clock)),
      fingerprint_key_(fingerprint_key),
      workers_(workers),
      idle_streams_(stream_patience) {}

absl::StatusOr<Call> Rpc::Authenticate(const grpc::CallbackServerContext& context) const {
  return ReadCall(context, SessionUse::kCounts);
}

absl::StatusOr<Call> Rpc::Recheck(const grpc::CallbackServerContext& context) const {
  return ReadCall(context, SessionUse::kDoesNotCount);
}

absl::StatusOr<Call> Rpc::ReadCall(const grpc::CallbackServerContext& context,
                                   SessionUse use) const {
  Call call;
  call.now = clock_();
  absl::string_view token = Metadata(context, kAuthorization);
  if (!absl::ConsumePrefix(&token, kBearer)) return Refuse(kernel::Reason::kNotSignedIn);
  WARDBOOK_ASSIGN_OR_RETURN(call.caller, use == SessionUse::kCounts
                                             ? authenticator_.Authenticate(token, call.now)
                                             : authenticator_.Check(token, call.now));
  const absl::string_view seen = Metadata(context, kSeenPosition);
  if (!seen.empty()) {
    uint64_t position = 0;
    if (!absl::SimpleAtoi(seen, &position)) {
      return Refuse(kernel::Reason::kFieldInvalid, kSeenPosition);
    }
    call.seen_position = position;
  }
  return call;
}

grpc::Status Rpc::Conclude(const std::source_location& handler, const absl::Status& status) {
  if (IsServersFault(status)) {
    spdlog::error("{} failed: {}", handler.function_name(), status.ToString());
  }
  return ToGrpc(status);
}

absl::StatusOr<std::pair<Call, CallPlace>> Rpc::Admit(const grpc::CallbackServerContext& context) {
  // Whoever is not signed in takes no place.
  WARDBOOK_ASSIGN_OR_RETURN(Call call, Authenticate(context));
  if (refusals_ != nullptr &&
      refusals_->HasTooManyWaiting(call.caller.school, call.caller.actor.person)) {
    return Refuse(kernel::Reason::kServerBusy);
  }
  WARDBOOK_ASSIGN_OR_RETURN(CallPlace place, calls_.Enter(CallCount::Person(
                                                 call.caller.school, call.caller.actor.person)));
  return std::make_pair(std::move(call), std::move(place));
}

void Rpc::Conclude(const Call& call, const std::source_location& handler,
                   const absl::Status& status, absl::AnyInvocable<void(grpc::Status)> answer) {
  if (refusals_ == nullptr || !IsRefusal(status)) return answer(Conclude(handler, status));
  refusals_->Record({call.caller, call.now, MethodOfSignature(handler.function_name())}, status,
                    [concluded = Conclude(handler, status), answer = std::move(answer)]() mutable {
                      answer(std::move(concluded));
                    });
}

Finish Rpc::FinishOf(Call call, grpc::ServerUnaryReactor* reactor, CallPlace place,
                     std::source_location handler) {
  return [this, call = std::move(call), reactor, place = std::move(place),
          handler](const absl::Status& status) mutable {
    Conclude(call, handler, status,
             [reactor, place = std::move(place)](const grpc::Status& concluded) mutable {
               // A server that shuts down waits for the answer, and for nothing after it.
               place = CallPlace();
               reactor->Finish(concluded);
             });
  };
}

grpc::ServerUnaryReactor* Rpc::Unary(grpc::CallbackServerContext* context,
                                     absl::AnyInvocable<void(const Call&, Finish) &&> body,
                                     std::source_location handler) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  absl::StatusOr<std::pair<Call, CallPlace>> admitted = Admit(*context);
  if (!admitted.ok()) {
    reactor->Finish(Conclude(handler, admitted.status()));
    return reactor;
  }
  Finish finish = FinishOf(admitted->first, reactor, std::move(admitted->second), handler);
  std::move(body)(admitted->first, std::move(finish));
  return reactor;
}

grpc::ServerUnaryReactor* Rpc::UnaryOnWorker(grpc::CallbackServerContext* context,
                                             absl::AnyInvocable<void(const Call&, Finish) &&> body,
                                             std::source_location handler) {
  return Unary(
      context,
      [this, context, body = std::move(body)](const Call& call, Finish finish) mutable {
        workers_.Schedule(
            [context, call, body = std::move(body), finish = std::move(finish)]() mutable {
              // It may have waited for its turn longer than the client for it.
              if (context->IsCancelled())
                return finish(absl::CancelledError("the client has gone"));
              std::move(body)(call, std::move(finish));
            });
      },
      handler);
}

grpc::ServerUnaryReactor* Rpc::UnaryOfAnybody(grpc::CallbackServerContext* context,
                                              absl::AnyInvocable<void(const Call&, Finish) &&> body,
                                              std::source_location handler) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  absl::StatusOr<CallPlace> place = calls_of_anybody_.Enter();
  if (!place.ok()) {
    reactor->Finish(Conclude(handler, place.status()));
    return reactor;
  }
  Call call;
  call.now = clock_();
  // Nobody is known whom a refusal could be recorded of.
  std::move(body)(
      call, [reactor, place = *std::move(place), handler](const absl::Status& status) mutable {
        const grpc::Status concluded = Conclude(handler, status);
        place = CallPlace();
        reactor->Finish(concluded);
      });
  return reactor;
}

CommandFrame Rpc::OwnFrame(const Call& call, std::string stream) const {
  CommandFrame frame;
  frame.caller = call.caller;
  frame.stream = std::move(stream);
  frame.request_id = crypto::NewRequestId();
  frame.fingerprint = crypto::RandomId<Hash>();
  frame.now = call.now;
  return frame;
}

absl::StatusOr<RequestId> Rpc::ReadRequestId(absl::string_view text) {
  const std::optional<RequestId> id = RequestIdFromUuid(text);
  if (!id.has_value()) return Refuse(kernel::Reason::kRequestIdMissing, "request_id");
  return *id;
}

Hash Rpc::Fingerprint(const Caller& caller, const google::protobuf::Message& request) const {
  std::string content =
      absl::StrCat(request.GetDescriptor()->full_name(), "\n", caller.actor.person.view());
  {
    google::protobuf::io::StringOutputStream stream(&content);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    request.SerializeToCodedStream(&coded);
  }
  return crypto::HmacSha256(fingerprint_key_.view(), content);
}

}  // namespace wardbook::runtime
