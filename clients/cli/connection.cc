#include "clients/cli/connection.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <chrono>
#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/cli/unreachable.h"

namespace wardbook::cli {
namespace {

// Longer than any honest unary call takes, shorter than a person waits in doubt.
constexpr absl::Duration kDeadline = absl::Seconds(30);
// A server that restarts is back within the pauses between so many tries.
constexpr int kTriesMax = 4;
constexpr absl::Duration kFirstPause = absl::Milliseconds(500);
// gRPC takes 4 MiB unless told otherwise. A page of 200 records of the longest
// texts, 20,000 characters of four bytes, has 16 MiB; the rest is room for what
// records carry besides and for later fields. The limit is against mishaps.
constexpr int kMessageBytesMax = 64 << 20;
// The channel must be ready to try again when we are.
constexpr int kReconnectPauseMs = 200;
// What gRPC calls the least pause between connections is also how long one may
// take: four round trips, on the poorest line by satellite less than this.
constexpr int kConnectMaxMs = 8000;

int Milliseconds(absl::Duration duration) {
  return static_cast<int>(absl::ToInt64Milliseconds(duration));
}

std::shared_ptr<grpc::Channel> NewChannel(const std::string& server, const std::string& ca_pem,
                                          const SignsOfLife& signs_of_life) {
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = ca_pem;
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMessageBytesMax);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, std::getenv("grpc_proxy") == nullptr ? 0 : 1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kReconnectPauseMs);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kConnectMaxMs);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2 * kReconnectPauseMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, Milliseconds(signs_of_life.asked_after));
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, Milliseconds(signs_of_life.awaited));
  // Else gRPC asks twice and no more where nothing is sent, as in a long check of the log.
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  return grpc::CreateCustomChannel(server, grpc::SslCredentials(tls), arguments);
}

// What a message over a limit means: gRPC names the limit of whoever refused it.
absl::Status TooLarge(const absl::Status& failure) {
  if (absl::StrContains(failure.message(), absl::StrCat("vs. ", kMessageBytesMax))) {
    return WithNextStep(absl::FailedPreconditionError("The answer is too long for this program."),
                        "Export the case with wardbook bundle export, and read it there.");
  }
  return WithNextStep(absl::InvalidArgumentError("What you wrote is longer than any text may be."),
                      "Shorten it, or file it as a document in evidence.");
}

}  // namespace

Connection::Connection(const std::string& server, const std::string& ca_pem,
                       std::optional<Caller> caller, const SignsOfLife& signs_of_life)
    : server_(server),
      channel_(NewChannel(server, ca_pem, signs_of_life)),
      caller_(std::move(caller)) {}

absl::Status Connection::Outcome(const grpc::Status& status) const {
  const absl::Status failure = Failure(status);
  // What the server says itself is in words already.
  if (failure.ok() || IsInTheServersWords(failure)) return failure;
  if (absl::IsUnavailable(failure) || absl::IsDeadlineExceeded(failure)) {
    return Unreachable(failure, server_);
  }
  return absl::IsResourceExhausted(failure) ? TooLarge(failure) : failure;
}

std::unique_ptr<grpc::ClientContext> Connection::NewContext() const {
  auto context = std::make_unique<grpc::ClientContext>();
  if (!caller_.has_value()) return context;
  context->AddMetadata("authorization", absl::StrCat("Bearer ", caller_->token));
  if (caller_->seen_position.has_value()) {
    context->AddMetadata("wardbook-seen-position", absl::StrCat(*caller_->seen_position));
  }
  return context;
}

absl::Status Connection::Try(Repeat repeat,
                             absl::FunctionRef<grpc::Status(grpc::ClientContext&)> call) const {
  for (int tries = 1;; ++tries) {
    const std::unique_ptr<grpc::ClientContext> context = NewContext();
    context->set_deadline(absl::ToChronoTime(absl::Now() + kDeadline));
    absl::Status status = Outcome(call(*context));
    // A refusal is an answer, also where its code is UNAVAILABLE.
    const bool unanswered = absl::IsUnavailable(status) && !RefusalOf(status).has_value();
    if (!unanswered || repeat == Repeat::kNever || tries == kTriesMax) return status;
    Pause(tries);
  }
}

void Connection::Pause(int retry) const {
  const absl::Duration pause = kFirstPause * (1 << (retry - 1));
  if (channel_->GetState(/*try_to_connect=*/true) == GRPC_CHANNEL_READY) {
    absl::SleepFor(pause);
    return;
  }
  // A connection gets on only while a thread waits for something of gRPC's, so to
  // sleep would be to stay without one.
  channel_->WaitForConnected(absl::ToChronoTime(absl::Now() + pause));
}

}  // namespace wardbook::cli
