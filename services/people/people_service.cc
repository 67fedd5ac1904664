#include "services/people/people_service.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "services/kernel/timestamp.h"
#include "services/people/domain/decide.h"
#include "services/runtime/refusal.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/random.h"

namespace wardbook::people {
namespace {

using kernel::Reason;
using kernel::Role;
using runtime::Call;
using runtime::Finish;

// Pages of ListPeople, as its request promises.
constexpr size_t kPageSizeDefault = 50;
constexpr size_t kPageSizeMax = 200;

By ByCaller(const Call& call) { return {call.caller.actor, call.now}; }

// The person that an administrator names; nobody else learns whether there is
// one.
absl::StatusOr<PersonId> ReadPerson(const Call& call, const std::string& person_id) {
  if (!call.caller.actor.Has(Role::kAdministrator)) return runtime::Refuse(Reason::kRoleRequired);
  const std::optional<PersonId> person = PersonId::FromHex(person_id);
  if (!person) return runtime::Refuse(Reason::kNoSuchPerson, "person_id");
  return *person;
}

wardbook::v1::Person ToWire(const Entry& entry, absl::Time now) {
  wardbook::v1::Person person;
  person.set_person_id(entry.id.Hex());
  person.set_name(entry.state.name.value_or(""));
  person.set_category(entry.state.category);
  person.set_job_title(entry.state.job_title);
  for (wardbook::events::v1::Role role : entry.state.RolesAt(now)) person.add_roles(role);
  if (entry.state.line_manager) person.set_line_manager_id(entry.state.line_manager->Hex());
  person.set_revision(entry.revision);
  return person;
}

}  // namespace

template <class Request, class Response>
void PeopleService::Run(const Call& call, const PersonId& person, const Request& request,
                        Response* response, Transactor::Decide decide, Finish finish) {
  finish = runtime::FinishFor(request, std::move(finish));
  absl::StatusOr<runtime::CommandFrame> frame = rpc_.Frame(call, request, PersonStream(person));
  if (!frame.ok()) return finish(frame.status());
  transactor_.Run(*std::move(frame), std::move(decide),
                  [this, school = call.caller.school, response,
                   finish = std::move(finish)](auto outcome) mutable {
                    if (!outcome.ok()) return finish(outcome.status());
                    // A request that came before has a person of its own.
                    const std::optional<PersonId> recorded = PersonOfStream(outcome->stream);
                    if (!recorded)
                      return finish(absl::DataLossError("a person's stream has no id"));
                    if constexpr (requires { response->set_person_id(""); }) {
                      response->set_person_id(recorded->Hex());
                    }
                    response->set_revision(outcome->revision);
                    *response->mutable_receipt() = std::move(outcome->receipt);
                    rpc_.workers().Schedule(
                        [this, school, person = *recorded, finish = std::move(finish)]() mutable {
                          // It is recorded, so the answer is yes, even when it cannot be read
                          // back now: the register follows the log anyway.
                          people_.Refresh(school, person).IgnoreError();
                          finish(absl::OkStatus());
                        });
                  });
}

grpc::ServerUnaryReactor* PeopleService::RegisterPerson(
    grpc::CallbackServerContext* context, const wardbook::v1::RegisterPersonRequest* request,
    wardbook::v1::RegisterPersonResponse* response) {
  return rpc_.Unary(context, [=, this](const Call& call, Finish finish) {
    people::RegisterPerson command{
        ByCaller(call), request->name(), request->category(), request->job_title(), {}};
    for (int role : request->roles()) {
      command.roles.push_back(static_cast<wardbook::events::v1::Role>(role));
    }
    Run(
        call, crypto::RandomId<PersonId>(), *request, response,
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
    Run(
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
    if (command.role != wardbook::events::v1::ROLE_ADMINISTRATOR) {
      return Run(
          call, *person, *request, response,
          [command](const PersonState& state) { return Decide(state, command); },
          std::move(finish));
    }
    turns_.Take([=, this, person = *person, finish = std::move(finish)](Turn turn) mutable {
      EndAdministration(
          call, person, *request, response, std::move(command),
          [turn = std::move(turn), finish = std::move(finish)](const absl::Status& status) mutable {
            turn.End();
            finish(status);
          });
    });
  });
}

void PeopleService::EndAdministration(const Call& call, const PersonId& person,
                                      const wardbook::v1::EndRoleRequest& request,
                                      wardbook::v1::EndRoleResponse* response,
                                      people::EndRole command, Finish finish) {
  // Who administers when the role ends; today, when it has ended long ago.
  const absl::Time from = std::max(command.until.value_or(call.now), call.now);
  const absl::StatusOr<bool> others = OthersAdminister(call.caller.school, person, from);
  if (!others.ok()) return finish(others.status());
  command.others_administer = *others;
  Run(
      call, person, request, response,
      [command = std::move(command)](const PersonState& state) { return Decide(state, command); },
      std::move(finish));
}

absl::StatusOr<bool> PeopleService::OthersAdminister(const SchoolId& school, const PersonId& person,
                                                     absl::Time from) const {
  for (const PersonId& other :
       people_.HoldersForGood(school, wardbook::events::v1::ROLE_ADMINISTRATOR, from)) {
    if (other == person) continue;
    WARDBOOK_ASSIGN_OR_RETURN(const bool can_sign_in, accounts_.CanSignIn(school, other));
    if (can_sign_in) return true;
  }
  return false;
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
    Run(
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
        rpc_.workers().Schedule([=, this, &request, finish = std::move(finish)]() mutable {
          people_.Refresh(call.caller.school, person).IgnoreError();
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
    WARDBOOK_ASSIGN_OR_RETURN(const bool others, OthersAdminister(school, person, call.now));
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
    finish(ReadPage(call, *request, response));
  });
}

absl::Status PeopleService::ReadPage(const Call& call,
                                     const wardbook::v1::ListPeopleRequest& request,
                                     wardbook::v1::ListPeopleResponse* response) const {
  // Everybody of the school chooses from the list; officers of the authority and
  // auditors have no business with it.
  if (!call.caller.actor.HasAny({Role::kStaff, Role::kLineManager, Role::kHeadteacher,
                                 Role::kSeniorLeadership, Role::kSafeguardingLead,
                                 Role::kChairOfGovernors, Role::kAdministrator})) {
    return runtime::Refuse(Reason::kRoleRequired);
  }
  if (request.page_size() < 0) return runtime::Refuse(Reason::kFieldInvalid, "page_size");
  const size_t limit = request.page_size() == 0
                           ? kPageSizeDefault
                           : std::min(static_cast<size_t>(request.page_size()), kPageSizeMax);
  // A token is the last person shown: it says nothing about them.
  std::optional<PersonId> after;
  if (!request.page_token().empty()) {
    after = PersonId::FromHex(request.page_token());
    if (!after) return runtime::Refuse(Reason::kFieldInvalid, "page_token");
  }
  WARDBOOK_ASSIGN_OR_RETURN(const Page page, people_.List(call.caller.school, after, limit));
  for (const Entry& entry : page.entries) *response->add_people() = ToWire(entry, call.now);
  if (page.more && !page.entries.empty()) {
    response->set_next_page_token(page.entries.back().id.Hex());
  }
  return absl::OkStatus();
}

}  // namespace wardbook::people
