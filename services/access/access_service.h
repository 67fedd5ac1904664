// The door to signing in. Everything that hashes runs on the workers.

#ifndef SERVICES_ACCESS_ACCESS_SERVICE_H_
#define SERVICES_ACCESS_ACCESS_SERVICE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/access/accounts.h"
#include "services/access/sessions.h"
#include "services/access/sign_in_attempts.h"
#include "services/runtime/caller.h"
#include "services/runtime/rpc.h"
#include "services/runtime/schools.h"
#include "wardbook/v1/access_service.grpc.pb.h"
#include "wardbook/v1/access_service.pb.h"

namespace wardbook::access {

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
  // The bodies that run on a worker.
  absl::Status OpenSession(const wardbook::v1::SignInRequest& request, absl::string_view peer,
                           absl::Time now, wardbook::v1::SignInResponse* response);
  absl::Status Activate(const wardbook::v1::ActivateAccountRequest& request, absl::string_view peer,
                        absl::Time now);
  absl::Status SetPassword(const wardbook::v1::ChangePasswordRequest& request,
                           const runtime::Caller& caller, absl::string_view peer, absl::Time now);

  absl::StatusOr<AccountName> ReadName(absl::string_view school, absl::string_view user_name) const;
  wardbook::v1::Session Describe(const runtime::Caller& caller, absl::Time expire_time,
                                 absl::Time now) const;

  runtime::Rpc& rpc_;
  Accounts& accounts_;
  Sessions& sessions_;
  const runtime::SchoolDirectory& schools_;
  const runtime::Directory& directory_;
  SignInAttempts attempts_;
};

}  // namespace wardbook::access

#endif  // SERVICES_ACCESS_ACCESS_SERVICE_H_
