// The door to the register: people, their roles, their line managers and, through
// the issuer, their accounts.

#ifndef SERVICES_PEOPLE_PEOPLE_SERVICE_H_
#define SERVICES_PEOPLE_PEOPLE_SERVICE_H_

#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/people/register.h"
#include "services/people/streams.h"
#include "services/runtime/accounts.h"
#include "services/runtime/rpc.h"
#include "services/runtime/transactor.h"
#include "wardbook/v1/people_service.grpc.pb.h"
#include "wardbook/v1/people_service.pb.h"

namespace wardbook::people {

// Safe for concurrent use.
class PeopleService final : public wardbook::v1::PeopleService::CallbackService {
 public:
  // All outlive the service.
  PeopleService(runtime::Rpc& rpc, runtime::Transactor<PersonAggregate>& transactor,
                Register& people, runtime::AccountIssuer& accounts)
      : rpc_(rpc), transactor_(transactor), people_(people), accounts_(accounts) {}

  grpc::ServerUnaryReactor* RegisterPerson(grpc::CallbackServerContext* context,
                                           const wardbook::v1::RegisterPersonRequest* request,
                                           wardbook::v1::RegisterPersonResponse* response) override;
  grpc::ServerUnaryReactor* GrantRole(grpc::CallbackServerContext* context,
                                      const wardbook::v1::GrantRoleRequest* request,
                                      wardbook::v1::GrantRoleResponse* response) override;
  grpc::ServerUnaryReactor* EndRole(grpc::CallbackServerContext* context,
                                    const wardbook::v1::EndRoleRequest* request,
                                    wardbook::v1::EndRoleResponse* response) override;
  grpc::ServerUnaryReactor* AssignLineManager(
      grpc::CallbackServerContext* context, const wardbook::v1::AssignLineManagerRequest* request,
      wardbook::v1::AssignLineManagerResponse* response) override;
  grpc::ServerUnaryReactor* IssueAccount(grpc::CallbackServerContext* context,
                                         const wardbook::v1::IssueAccountRequest* request,
                                         wardbook::v1::IssueAccountResponse* response) override;
  grpc::ServerUnaryReactor* ListPeople(grpc::CallbackServerContext* context,
                                       const wardbook::v1::ListPeopleRequest* request,
                                       wardbook::v1::ListPeopleResponse* response) override;

 private:
  using Transactor = runtime::Transactor<PersonAggregate>;

  // Runs a command on a person of the caller's school and answers when the
  // register shows what it came to. `decide` is called with the state.
  template <class Request, class Response>
  void Run(const runtime::Call& call, const PersonId& person, const Request& request,
           Response* response, Transactor::Decide decide, runtime::Finish finish);

  absl::Status ReadPage(const runtime::Call& call, const wardbook::v1::ListPeopleRequest& request,
                        wardbook::v1::ListPeopleResponse* response) const;

  runtime::Rpc& rpc_;
  Transactor& transactor_;
  Register& people_;
  runtime::AccountIssuer& accounts_;
};

}  // namespace wardbook::people

#endif  // SERVICES_PEOPLE_PEOPLE_SERVICE_H_
