// The door to signing in. Everything that hashes runs on threads of its own, so
// that strangers who try passwords keep nobody waiting who is signed in.

#ifndef SERVICES_ACCESS_ACCESS_SERVICE_H_
#define SERVICES_ACCESS_ACCESS_SERVICE_H_

#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/access/accounts.h"
#include "services/access/sessions.h"
#include "services/access/sign_in_attempts.h"
#include "services/runtime/call_count.h"
#include "services/runtime/caller.h"
#include "services/runtime/rpc.h"
#include "services/runtime/schools.h"
#include "services/runtime/worker_pool.h"
#include "wardbook/v1/access_service.grpc.pb.h"
#include "wardbook/v1/access_service.pb.h"

namespace wardbook::access {

// Each takes 19 MiB and a core: a school that arrives at eight in the morning is
// in within seconds, and the other cores are left to those who are.
inline constexpr int kHashingThreads = 2;

// Passwords that wait to be hashed or are; the last is done in two seconds. More
// than the strangers' calls there may be (runtime::kCallsOfAnybodyMax), so that
// they never keep out somebody who changes their password.
inline constexpr int kHashesMax = 96;

// Safe for concurrent use.
class AccessService final : public wardbook::v1::AccessService::CallbackService {
 public:
  // All outlive the service.
  AccessService(runtime::Rpc& rpc, Accounts& accounts, Sessions& sessions,
                const runtime::SchoolDirectory& schools, const runtime::Directory& directory)
      : rpc_(rpc),
        accounts_(accounts),
        sessions_(sessions),
        schools_(schools),
        directory_(directory) {}

  grpc::ServerUnaryReactor* SignIn(grpc::CallbackServerContext* context,
                                   const wardbook::v1::SignInRequest* request,
                                   wardbook::v1::SignInResponse* response) override;
  grpc::ServerUnaryReactor* ActivateAccount(
      grpc::CallbackServerContext* context, const wardbook::v1::ActivateAccountRequest* request,
      wardbook::v1::ActivateAccountResponse* response) override;
  grpc::ServerUnaryReactor* ChangePassword(grpc::CallbackServerContext* context,
                                           const wardbook::v1::ChangePasswordRequest* request,
                                           wardbook::v1::ChangePasswordResponse* response) override;
  grpc::ServerUnaryReactor* SignOut(grpc::CallbackServerContext* context,
                                    const wardbook::v1::SignOutRequest* request,
                                    wardbook::v1::SignOutResponse* response) override;
  grpc::ServerUnaryReactor* GetSession(grpc::CallbackServerContext* context,
                                       const wardbook::v1::GetSessionRequest* request,
                                       wardbook::v1::GetSessionResponse* response) override;

 private:
  // Who tries what, for SignInAttempts.
  struct Attempt {
    std::string account;
    std::string address;
  };

  // Counts the attempt, here and now, and then does `work` on a thread of
  // `hashing_`. What is one too many takes no place in the queue there.
  void Try(Attempt attempt, absl::Time now, runtime::Finish finish,
           absl::AnyInvocable<absl::Status() &&> work);

  // The bodies that hash.
  absl::Status OpenSession(grpc::CallbackServerContext& context,
                           const wardbook::v1::SignInRequest& request, absl::Time now,
                           wardbook::v1::SignInResponse* response);
  absl::Status Activate(const grpc::CallbackServerContext& context,
                        const wardbook::v1::ActivateAccountRequest& request, absl::Time now);

  // The address of who calls, without the port: "ipv4:127.0.0.1". A browser's own, not
  // that of the gateway.
  std::string PeerAddress(const grpc::CallbackServerContext& context) const;
  absl::StatusOr<AccountName> ReadName(absl::string_view school, absl::string_view user_name) const;
  wardbook::v1::Session Describe(const runtime::Caller& caller, absl::Time expire_time,
                                 absl::Time now) const;

  runtime::Rpc& rpc_;
  Accounts& accounts_;
  Sessions& sessions_;
  const runtime::SchoolDirectory& schools_;
  const runtime::Directory& directory_;
  SignInAttempts attempts_;
  runtime::CallCount hashes_{kHashesMax};
  // Last, so that its work ends before what it uses.
  runtime::WorkerPool hashing_{kHashingThreads};
};

}  // namespace wardbook::access

#endif  // SERVICES_ACCESS_ACCESS_SERVICE_H_
