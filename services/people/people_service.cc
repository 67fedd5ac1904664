#include "services/people/people_service.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "services/kernel/timestamp.h"
#include "services/people/domain/decide.h"
#include "services/people/people_lists.h"
#include "services/runtime/refusal.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/random.h"

namespace wardbook::people {
namespace {

using kernel::Reason;
using kernel::Role;
using runtime::Call;
using runtime::Finish;

By ByCaller(const Call& call) { return {call.caller.actor, call.now}; }

// The person that an administrator names; nobody else learns whether there is
// one.
absl::StatusOr<PersonId> ReadPerson(const Call& call, const std::string& person_id) {
  if (!call.caller.actor.Has(Role::kAdministrator)) return runtime::Refuse(Reason::kRoleRequired);
  const std::optional<PersonId> person = PersonId::FromHex(person_id);
  if (!person) return runtime::Refuse(Reason::kNoSuchPerson, "person_id");
  return *person;
}

}  // namespace

grpc::ServerUnaryReactor* PeopleService::RegisterPerson(
    grpc::CallbackServerContext* context, const wardbook::v1::RegisterPersonRequest* request,
    wardbook::v1::RegisterPersonResponse* response) {
  return rpc_.Unary(context, [=, this](const Call& call, Finish finish) {
    people::RegisterPerson command{
        ByCaller(call), request->name(), request->category(), request->job_title(), {}};
    for (int role : request->roles()) {
      command.roles.push_back(static_cast<wardbook::events::v1::Role>(role));
    }
    commands_.Run(
        call, crypto::RandomId<PersonId>(), *request, response,
        [command = std::move(command)](const PersonState& state) { return Decide(state, command); },
        std::move(finish));
  });
}

grpc::ServerUnaryReactor* PeopleService::CorrectPerson(
    grpc::CallbackServerContext* context, const wardbook::v1::CorrectPersonRequest* request,
    wardbook::v1::CorrectPersonResponse* response) {
  return rpc_.Unary(context, [=, this](const Call& call, Finish finish) {
    const absl::StatusOr<PersonId> person = ReadPerson(call, request->person_id());
    if (!person.ok()) return finish(person.status());
    people::CorrectPerson command{ByCaller(call), request->name(), request->category(),
                                  request->job_title()};
    commands_.Run(
        call, *person, *request, response,
        [command = std::move(command)](const PersonState& state) { return Decide(state, command); },
        std::move(finish));
  });
}

grpc::ServerUnaryReactor* PeopleService::GrantRole(grpc::CallbackServerContext* context,
                                                   const wardbook::v1::GrantRoleRequest* request,
                                                   wardbook::v1::GrantRoleResponse* response) {
  return rpc_.Unary(context, [=, this](const Call& call, Finish finish) {
    const absl::StatusOr<PersonId> person = ReadPerson(call, request->person_id());
    if (!person.ok()) return finish(person.status());
    people::GrantRole command{ByCaller(call), *person, request->role(), std::nullopt};
    if (request->has_from_time()) command.from = kernel::TimeOf(request->from_time());
    commands_.Run(
        call, *person, *request, response,
        [command](const PersonState& state) { return Decide(state, command); }, std::move(finish));
  });
}

grpc::ServerUnaryReactor* PeopleService::EndRole(grpc::CallbackServerContext* context,
                                                 const wardbook::v1::EndRoleRequest* request,
                                                 wardbook::v1::EndRoleResponse* response) {
  return rpc_.Unary(context, [=, this](const Call& call, Finish finish) {
    const absl::StatusOr<PersonId> person = ReadPerson(call, request->person_id());
    if (!person.ok()) return finish(person.status());
    people::EndRole command{ByCaller(call), request->role(), std::nullopt};
    if (request->has_until_time()) command.until = kernel::TimeOf(request->until_time());
    if (command.role != wardbook::events::v1::ROLE_ADMINISTRATOR &&
        command.role != wardbook::events::v1::ROLE_CHAIR_OF_GOVERNORS) {
      return commands_.Run(
          call, *person, *request, response,
          [command](const PersonState& state) { return Decide(state, command); },
          std::move(finish));
    }
    const absl::Time until = command.until.value_or(call.now);
    RunWithOthers(call, *person, *request, response, std::move(command), until, std::move(finish));
  });
}

grpc::ServerUnaryReactor* PeopleService::RecordLeaving(
    grpc::CallbackServerContext* context, const wardbook::v1::RecordLeavingRequest* request,
    wardbook::v1::RecordLeavingResponse* response) {
  return rpc_.Unary(context, [=, this](const Call& call, Finish finish) {
    const absl::StatusOr<PersonId> person = ReadPerson(call, request->person_id());
    if (!person.ok()) return finish(person.status());
    people::RecordLeaving command{
        .by = ByCaller(call), .left = std::nullopt, .reason = request->reason()};
    if (request->has_left_time()) command.left = kernel::TimeOf(request->left_time());
    const absl::Time left = command.left.value_or(call.now);
    RunWithOthers(call, *person, *request, response, std::move(command), left, std::move(finish));
  });
}

template <class Command, class Request, class Response>
void PeopleService::RunWithOthers(const Call& call, const PersonId& person, const Request& request,
                                  Response* response, Command command, absl::Time from,
                                  Finish finish) {
  turns_.Take([=, this, &request, command = std::move(command),
               finish = std::move(finish)](Turn turn) mutable {
    Finish end_turn = [turn = std::move(turn),
                       finish = std::move(finish)](const absl::Status& status) mutable {
      turn.End();
      finish(status);
    };
    // Who is there from then on; from today, when that is long ago.
    const SchoolId& school = call.caller.school;
    const absl::Time then = std::max(from, call.now);
    const absl::StatusOr<bool> others =
        OthersHold(school, wardbook::events::v1::ROLE_ADMINISTRATOR, person, then);
    if (!others.ok()) return end_turn(others.status());
    const absl::StatusOr<bool> is_only_chair = IsOnlyChair(school, person, then);
    if (!is_only_chair.ok()) return end_turn(is_only_chair.status());
    command.others_administer = *others;
    command.is_only_chair = *is_only_chair;
    commands_.Run(
        call, person, request, response,
        [command = std::move(command)](const PersonState& state) { return Decide(state, command); },
        std::move(end_turn));
  });
}

grpc::ServerUnaryReactor* PeopleService::ConfirmProfileReview(
    grpc::CallbackServerContext* context, const wardbook::v1::ConfirmProfileReviewRequest* request,
    wardbook::v1::ConfirmProfileReviewResponse* response) {
  return rpc_.Unary(context, [=, this](const Call& call, Finish finish) {
    people::ConfirmProfileReview command{ByCaller(call), std::nullopt};
    if (request->has_reviewed_time()) command.reviewed = kernel::TimeOf(request->reviewed_time());
    commands_.Run(
        call, call.caller.actor.person, *request, response,
        [command](const PersonState& state) { return Decide(state, command); }, std::move(finish));
  });
}

absl::StatusOr<bool> PeopleService::OthersHold(const SchoolId& school,
                                               wardbook::events::v1::Role role,
                                               const PersonId& person, absl::Time from) const {
  for (const PersonId& other : people_.HoldersForGood(school, role, from)) {
    if (other == person) continue;
    WARDBOOK_ASSIGN_OR_RETURN(const bool can_sign_in, accounts_.CanSignIn(school, other));
    if (can_sign_in) return true;
  }
  return false;
}

absl::StatusOr<bool> PeopleService::IsOnlyChair(const SchoolId& school, const PersonId& person,
                                                absl::Time from) const {
  WARDBOOK_ASSIGN_OR_RETURN(
      const bool others,
      OthersHold(school, wardbook::events::v1::ROLE_CHAIR_OF_GOVERNORS, person, from));
  if (others) return false;
  // A Chair who cannot sign in receives nothing as it is, and their going changes that
  // for nobody.
  return accounts_.CanSignIn(school, person);
}

grpc::ServerUnaryReactor* PeopleService::AssignLineManager(
    grpc::CallbackServerContext* context, const wardbook::v1::AssignLineManagerRequest* request,
    wardbook::v1::AssignLineManagerResponse* response) {
  return rpc_.Unary(context, [=, this](const Call& call, Finish finish) {
    const absl::StatusOr<PersonId> person = ReadPerson(call, request->person_id());
    if (!person.ok()) return finish(person.status());
    std::optional<PersonId> line_manager = PersonId::FromHex(request->line_manager_id());
    if (line_manager && !people_.Find(call.caller.school, *line_manager, call.now)) {
      line_manager.reset();
    }
    const people::AssignLineManager command{ByCaller(call), *person, line_manager};
    commands_.Run(
        call, *person, *request, response,
        [command](const PersonState& state) { return Decide(state, command); }, std::move(finish));
  });
}

grpc::ServerUnaryReactor* PeopleService::IssueAccount(
    grpc::CallbackServerContext* context, const wardbook::v1::IssueAccountRequest* request,
    wardbook::v1::IssueAccountResponse* response) {
  return rpc_.Unary(context, [=, this](const Call& call, Finish finish) {
    const absl::StatusOr<PersonId> person = ReadPerson(call, request->person_id());
    if (!person.ok()) return finish(person.status());
    turns_.Take([=, this, person = *person, finish = std::move(finish)](Turn turn) mutable {
      IssueRecorded(
          call, person, *request, response,
          [turn = std::move(turn), finish = std::move(finish)](const absl::Status& status) mutable {
            turn.End();
            finish(status);
          });
    });
  });
}

void PeopleService::IssueRecorded(const Call& call, const PersonId& person,
                                  const wardbook::v1::IssueAccountRequest& request,
                                  wardbook::v1::IssueAccountResponse* response, Finish finish) {
  const absl::StatusOr<people::IssueAccount> command =
      PrepareIssue(call, person, request.user_name());
  if (!command.ok()) return finish(command.status());
  // Codes are shown once, so a request that comes again is another.
  transactor_.Run(
      rpc_.OwnFrame(call, PersonStream(person)),
      [command = *command](const PersonState& state) { return Decide(state, command); },
      [=, this, &request, finish = std::move(finish)](auto outcome) mutable {
        if (!outcome.ok()) return finish(outcome.status());
        rpc_.workers().Schedule([=, this, &request, revision = outcome->revision,
                                 finish = std::move(finish)]() mutable {
          if (absl::Status shown = commands_.Show(call.caller.school, person, revision);
              !shown.ok()) {
            return finish(shown);
          }
          const absl::StatusOr<runtime::AccountCode> issued =
              accounts_.Issue(call.caller.school, person, request.user_name(), call.now);
          if (!issued.ok()) return finish(issued.status());
          response->set_code(issued->code);
          *response->mutable_expire_time() = kernel::TimestampOf(issued->expire_time);
          finish(absl::OkStatus());
        });
      });
}

absl::StatusOr<people::IssueAccount> PeopleService::PrepareIssue(
    const Call& call, const PersonId& person, absl::string_view user_name) const {
  const SchoolId& school = call.caller.school;
  const std::optional<runtime::PersonEntry> entry = people_.Find(school, person, call.now);
  if (!entry) return runtime::Refuse(Reason::kNoSuchPerson, "person_id");
  if (entry->roles.contains(Role::kAdministrator)) {
    // The account's password goes with the new code, which may never arrive.
    WARDBOOK_ASSIGN_OR_RETURN(const bool can_sign_in, accounts_.CanSignIn(school, person));
    WARDBOOK_ASSIGN_OR_RETURN(
        const bool others,
        OthersHold(school, wardbook::events::v1::ROLE_ADMINISTRATOR, person, call.now));
    if (can_sign_in && !others) return runtime::Refuse(Reason::kLastAdministrator, "person_id");
  }
  WARDBOOK_ASSIGN_OR_RETURN(const absl::Time expire_time,
                            accounts_.CheckIssue(school, person, user_name, call.now));
  return people::IssueAccount{ByCaller(call), expire_time};
}

grpc::ServerUnaryReactor* PeopleService::ListPeople(grpc::CallbackServerContext* context,
                                                    const wardbook::v1::ListPeopleRequest* request,
                                                    wardbook::v1::ListPeopleResponse* response) {
  return rpc_.Unary(context, [=, this](const Call& call, Finish finish) {
    finish(ReadPeople(people_, call, *request, response));
  });
}

grpc::ServerUnaryReactor* PeopleService::ListRoles(grpc::CallbackServerContext* context,
                                                   const wardbook::v1::ListRolesRequest* request,
                                                   wardbook::v1::ListRolesResponse* response) {
  return rpc_.Unary(context, [=, this](const Call& call, Finish finish) {
    finish(ReadRoles(people_, call, *request, response));
  });
}

grpc::ServerUnaryReactor* PeopleService::ListProfileReviews(
    grpc::CallbackServerContext* context, const wardbook::v1::ListProfileReviewsRequest* request,
    wardbook::v1::ListProfileReviewsResponse* response) {
  return rpc_.Unary(context, [=, this](const Call& call, Finish finish) {
    ReadProfileReviews(people_, call, *request, response);
    finish(absl::OkStatus());
  });
}

}  // namespace wardbook::people
