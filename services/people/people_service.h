// The door to the register: people, their roles, their line managers and, through
// the issuer, their accounts.

#ifndef SERVICES_PEOPLE_PEOPLE_SERVICE_H_
#define SERVICES_PEOPLE_PEOPLE_SERVICE_H_

#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/people/person_commands.h"
#include "services/people/register.h"
#include "services/people/turns.h"
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
  PeopleService(runtime::Rpc& rpc, PersonTransactor& transactor, Register& people,
                runtime::AccountIssuer& accounts)
      : rpc_(rpc),
        transactor_(transactor),
        people_(people),
        commands_(rpc, transactor, people),
        accounts_(accounts),
        turns_(rpc.workers()) {}

  grpc::ServerUnaryReactor* RegisterPerson(grpc::CallbackServerContext* context,
                                           const wardbook::v1::RegisterPersonRequest* request,
                                           wardbook::v1::RegisterPersonResponse* response) override;
  grpc::ServerUnaryReactor* CorrectPerson(grpc::CallbackServerContext* context,
                                          const wardbook::v1::CorrectPersonRequest* request,
                                          wardbook::v1::CorrectPersonResponse* response) override;
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
  grpc::ServerUnaryReactor* ListRoles(grpc::CallbackServerContext* context,
                                      const wardbook::v1::ListRolesRequest* request,
                                      wardbook::v1::ListRolesResponse* response) override;
  grpc::ServerUnaryReactor* RecordLeaving(grpc::CallbackServerContext* context,
                                          const wardbook::v1::RecordLeavingRequest* request,
                                          wardbook::v1::RecordLeavingResponse* response) override;
  grpc::ServerUnaryReactor* ConfirmProfileReview(
      grpc::CallbackServerContext* context,
      const wardbook::v1::ConfirmProfileReviewRequest* request,
      wardbook::v1::ConfirmProfileReviewResponse* response) override;
  grpc::ServerUnaryReactor* ListProfileReviews(
      grpc::CallbackServerContext* context, const wardbook::v1::ListProfileReviewsRequest* request,
      wardbook::v1::ListProfileReviewsResponse* response) override;

 private:
  // Whether somebody besides `person` can sign in and holds the role from `from` on.
  // Reads the disk.
  absl::StatusOr<bool> OthersHold(const SchoolId& school, wardbook::events::v1::Role role,
                                  const PersonId& person, absl::Time from) const;
  // Whether nobody but `person` can sign in as the Chair of Governors from `from` on.
  // Reads the disk.
  absl::StatusOr<bool> IsOnlyChair(const SchoolId& school, const PersonId& person,
                                   absl::Time from) const;
  // Runs `command`, which may take an administrator or the Chair away from `from` on,
  // when it is known whether there are others then.
  template <class Command, class Request, class Response>
  void RunWithOthers(const runtime::Call& call, const PersonId& person, const Request& request,
                     Response* response, Command command, absl::Time from, runtime::Finish finish);
  // Records that a code is issued and then issues it, so that nobody is given a way
  // into somebody's account that the person cannot learn of.
  void IssueRecorded(const runtime::Call& call, const PersonId& person,
                     const wardbook::v1::IssueAccountRequest& request,
                     wardbook::v1::IssueAccountResponse* response, runtime::Finish finish);
  // What is to be recorded, unless the code locks the school out or cannot be
  // issued.
  absl::StatusOr<people::IssueAccount> PrepareIssue(const runtime::Call& call,
                                                    const PersonId& person,
                                                    absl::string_view user_name) const;

  runtime::Rpc& rpc_;
  PersonTransactor& transactor_;
  Register& people_;
  PersonCommands commands_;
  runtime::AccountIssuer& accounts_;
  // What takes an administrator or a Chair away looks at the others first, so two such calls
  // must not look at the same time.
  Turns turns_;
};

}  // namespace wardbook::people

#endif  // SERVICES_PEOPLE_PEOPLE_SERVICE_H_
