#include "services/people/people_service.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "services/people/domain/decide.h"
#include "services/runtime/refusal.h"
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
    people::GrantRole command{ByCaller(call), request->role(), std::nullopt};
    if (request->has_from_time()) command.from = TimeOf(request->from_time());
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
    if (request->has_until_time()) command.until = TimeOf(request->until_time());
    Run(
        call, *person, *request, response,
        [command](const PersonState& state) { return Decide(state, command); }, std::move(finish));
  });
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
    if (!people_.Find(call.caller.school, *person, call.now)) {
      return finish(runtime::Refuse(Reason::kNoSuchPerson, "person_id"));
    }
    rpc_.workers().Schedule([=, this, school = call.caller.school, now = call.now, id = *person,
                             finish = std::move(finish)]() mutable {
      absl::StatusOr<runtime::AccountCode> issued =
          accounts_.Issue(school, id, request->user_name(), now);
      if (!issued.ok()) return finish(issued.status());
      response->set_code(issued->code);
      SetTimestamp(issued->expire_time, response->mutable_expire_time());
      finish(absl::OkStatus());
    });
  });
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
