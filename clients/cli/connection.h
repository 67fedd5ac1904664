// Calls to the server: TLS, who calls, how long to wait, and what to try again.

#ifndef CLIENTS_CLI_CONNECTION_H_
#define CLIENTS_CLI_CONNECTION_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/sync_stream.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "clients/cli/failure.h"
#include "storage/base/status_macros.h"

namespace wardbook::cli {

// Whether a call may be made again when the server could not be reached: nobody
// knows then whether the first one was carried out.
enum class Repeat {
  kSafe,   // A read, or a mutation whose request id makes the second the same.
  kNever,  // It would be done twice.
};

// How it is found out that a line is dead, over which nothing comes and no end either: a
// network that was left, a router that forgot the connection. While a call is under way.
struct SignsOfLife {
  // After so long without a word the server is asked for one. It sends a watch something
  // every 20 seconds, and allows to be asked every 30.
  absl::Duration asked_after = absl::Minutes(1);
  // Without one the call ends, as it does when what was sent has not arrived for so long.
  absl::Duration awaited = absl::Seconds(20);
};

// Who calls, and what they have seen.
struct Caller {
  std::string token;
  std::optional<uint64_t> seen_position;
};

// Thread-compatible. The channel connects at the first call, and directly: the
// proxies that http_proxy and https_proxy name are for browsing, and a record of
// who calls the safeguarding server is no business of theirs. Who must go through
// a proxy says so with grpc_proxy.
class Connection {
 public:
  // `server` is HOST:PORT; it must show a certificate that `ca_pem` vouches for.
  Connection(const std::string& server, const std::string& ca_pem,
             std::optional<Caller> caller = std::nullopt, const SignsOfLife& signs_of_life = {});

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

  // A context for a call that takes as long as it takes.
  std::unique_ptr<grpc::ClientContext> NewContext() const;

  // The pause before try `retry` + 1 of something that the server did not answer,
  // in which a lost connection is made again; over as soon as it is.
  void Pause(int retry) const;

  // How a call ended, in words when the server could not be spoken to. Fails as
  // Failure() does.
  absl::Status Outcome(const grpc::Status& status) const;

  // A unary call with a deadline.
  template <class Stub, class Request, class Response>
  absl::StatusOr<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                const Request& request, Repeat repeat) const {
    Stub stub(channel_);
    Response response;
    WARDBOOK_RETURN_IF_ERROR(Try(repeat, [&](grpc::ClientContext& context) {
      response.Clear();
      return (stub.*method)(&context, request, &response);
    }));
    return response;
  }

  // A call that is answered with a stream. Ends as soon as `visit` fails, with
  // what it failed with.
  template <class Stub, class Request, class Response>
  absl::Status Stream(
      std::unique_ptr<grpc::ClientReader<Response>> (Stub::*method)(grpc::ClientContext*,
                                                                    const Request&),
      const Request& request,
      std::type_identity_t<absl::FunctionRef<absl::Status(const Response&)>> visit) const {
    Stub stub(channel_);
    const std::unique_ptr<grpc::ClientContext> context = NewContext();
    const std::unique_ptr<grpc::ClientReader<Response>> reader =
        (stub.*method)(context.get(), request);
    Response response;
    while (reader->Read(&response)) {
      if (absl::Status status = visit(response); !status.ok()) {
        context->TryCancel();
        // The server's view of a call that was broken off says nothing.
        reader->Finish();
        return status;
      }
    }
    return Outcome(reader->Finish());
  }

 private:
  absl::Status Try(Repeat repeat, absl::FunctionRef<grpc::Status(grpc::ClientContext&)> call) const;

  const std::string server_;
  const std::shared_ptr<grpc::Channel> channel_;
  const std::optional<Caller> caller_;
};

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_CONNECTION_H_
