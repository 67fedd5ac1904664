#include "services/people/absence_service.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

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

bool LeadsSchool(const Call& call) {
  return call.caller.actor.HasAny(
      {Role::kHeadteacher, Role::kSeniorLeadership, Role::kChairOfGovernors});
}

// The Headteacher whom the request names or, where it names none, the only one.
absl::StatusOr<PersonId> ReadHeadteacher(const Register& people, const Call& call,
                                         const std::string& headteacher_id, absl::Time when) {
  // Nobody else learns who is there.
  if (!LeadsSchool(call)) return runtime::Refuse(Reason::kAbsenceNotYours);
  if (!headteacher_id.empty()) {
    const std::optional<PersonId> named = PersonId::FromHex(headteacher_id);
    if (!named || !people.Find(call.caller.school, *named, when)) {
      return runtime::Refuse(Reason::kNoSuchPerson, "headteacher_id");
    }
    return *named;
  }
  std::optional<PersonId> only;
  for (const runtime::PersonEntry& person : people.PeopleOf(call.caller.school, when)) {
    if (!person.roles.contains(Role::kHeadteacher)) continue;
    if (only) return runtime::Refuse(Reason::kFieldMissing, "headteacher_id");
    only = person.id;
  }
  if (!only) return runtime::Refuse(Reason::kNoSuchPerson, "headteacher_id");
  return *only;
}

absl::StatusOr<RecordHeadAbsence> ReadAbsence(
    const Register& people, const Call& call,
    const wardbook::v1::RecordHeadAbsenceRequest& request) {
  RecordHeadAbsence command;
  command.by = {call.caller.actor, call.now};
  command.from = request.has_from_time() ? kernel::TimeOf(request.from_time()) : call.now;
  if (request.has_until_time()) command.until = kernel::TimeOf(request.until_time());
  WARDBOOK_ASSIGN_OR_RETURN(command.headteacher,
                            ReadHeadteacher(people, call, request.headteacher_id(), *command.from));
  command.absence = crypto::RandomId<AbsenceId>();
  const std::optional<PersonId> deputy = PersonId::FromHex(request.deputy_id());
  std::optional<runtime::PersonEntry> entry;
  if (deputy) entry = people.Find(call.caller.school, *deputy, *command.from);
  if (!entry) return runtime::Refuse(Reason::kNoSuchPerson, "deputy_id");
  command.deputy = entry->id;
  command.deputy_leads = entry->roles.contains(Role::kSeniorLeadership);
  command.reason = request.reason();
  return command;
}

// The absence that was recorded, or the one that was there and is the same.
std::optional<AbsenceId> RecordedAbsence(const PersonOutcome& outcome, const Register& people,
                                         const SchoolId& school, absl::Time from) {
  for (const auto& event : outcome.events) {
    if (!event.has_head_absence_recorded()) continue;
    return AbsenceId::FromBytes(event.head_absence_recorded().absence_id());
  }
  const std::optional<PersonId> headteacher = PersonOfStream(outcome.stream);
  for (const Entry& entry : people.Everybody(school)) {
    if (entry.id != headteacher) continue;
    if (const HeadAbsence* absence = entry.state.HeadAbsenceAt(from)) return absence->id;
  }
  return std::nullopt;
}

std::string NameOf(const Register& people, const Call& call, const PersonId& person) {
  const auto entry = people.Find(call.caller.school, person, call.now);
  return entry ? entry->name : "";
}

wardbook::v1::HeadAbsence ToWire(const Register& people, const Call& call, const Entry& entry,
                                 const HeadAbsence& absence) {
  wardbook::v1::HeadAbsence wire;
  wire.set_absence_id(absence.id.Hex());
  wire.set_headteacher_id(entry.id.Hex());
  wire.set_headteacher_name(entry.state.name.value_or(""));
  *wire.mutable_from_time() = kernel::TimestampOf(absence.from);
  if (absence.until != absl::InfiniteFuture()) {
    *wire.mutable_until_time() = kernel::TimestampOf(absence.until);
  }
  wire.set_deputy_id(absence.deputy.Hex());
  wire.set_deputy_name(NameOf(people, call, absence.deputy));
  // Everybody may know who acts; why the Headteacher is away is nobody else's.
  if (LeadsSchool(call)) wire.set_reason(absence.reason);
  *wire.mutable_recorded_time() = kernel::TimestampOf(absence.recorded.recorded_time);
  wire.set_recorded_by_name(NameOf(people, call, absence.recorded.actor));
  wire.set_revision(entry.revision);
  return wire;
}

}  // namespace

grpc::ServerUnaryReactor* AbsenceService::RecordHeadAbsence(
    grpc::CallbackServerContext* context, const wardbook::v1::RecordHeadAbsenceRequest* request,
    wardbook::v1::RecordHeadAbsenceResponse* response) {
  return rpc_.Unary(context, [=, this](const Call& call, Finish finish) {
    const absl::StatusOr<people::RecordHeadAbsence> command = ReadAbsence(people_, call, *request);
    if (!command.ok()) return finish(command.status());
    commands_.Run(
        call, command->headteacher, *request, response,
        [command = *command](const PersonState& state) { return Decide(state, command); },
        std::move(finish),
        [this, response, school = call.caller.school,
         from = *command->from](const PersonOutcome& outcome) {
          const auto absence = RecordedAbsence(outcome, people_, school, from);
          if (absence) response->set_absence_id(absence->Hex());
        });
  });
}

grpc::ServerUnaryReactor* AbsenceService::EndHeadAbsence(
    grpc::CallbackServerContext* context, const wardbook::v1::EndHeadAbsenceRequest* request,
    wardbook::v1::EndHeadAbsenceResponse* response) {
  return rpc_.Unary(context, [=, this](const Call& call, Finish finish) {
    if (!LeadsSchool(call)) return finish(runtime::Refuse(Reason::kAbsenceNotYours));
    const std::optional<AbsenceId> absence = AbsenceId::FromHex(request->absence_id());
    std::optional<PersonId> headteacher;
    for (const Entry& entry : people_.Everybody(call.caller.school)) {
      const std::vector<HeadAbsence>& absences = entry.state.head_absences;
      if (std::any_of(absences.begin(), absences.end(),
                      [&](const HeadAbsence& one) { return one.id == absence; })) {
        headteacher = entry.id;
      }
    }
    if (!headteacher) return finish(runtime::Refuse(Reason::kNoSuchAbsence, "absence_id"));
    people::EndHeadAbsence command{{call.caller.actor, call.now}, *absence, std::nullopt};
    if (request->has_end_time()) command.end = kernel::TimeOf(request->end_time());
    commands_.Run(
        call, *headteacher, *request, response,
        [command](const PersonState& state) { return Decide(state, command); }, std::move(finish));
  });
}

grpc::ServerUnaryReactor* AbsenceService::ListHeadAbsences(
    grpc::CallbackServerContext* context, const wardbook::v1::ListHeadAbsencesRequest* /*request*/,
    wardbook::v1::ListHeadAbsencesResponse* response) {
  return rpc_.Unary(context, [=, this](const Call& call, Finish finish) {
    if (absl::Status of_school = RequireOfSchool(call); !of_school.ok()) return finish(of_school);
    for (const Entry& entry : people_.Everybody(call.caller.school)) {
      for (const HeadAbsence& absence : entry.state.head_absences) {
        // One that ended when it began has not taken place.
        if (absence.from >= absence.until) continue;
        *response->add_absences() = ToWire(people_, call, entry, absence);
      }
    }
    std::stable_sort(response->mutable_absences()->begin(), response->mutable_absences()->end(),
                     [](const auto& a, const auto& b) {
                       return kernel::TimeOf(a.from_time()) > kernel::TimeOf(b.from_time());
                     });
    finish(absl::OkStatus());
  });
}

grpc::ServerUnaryReactor* AbsenceService::GetHeadCover(
    grpc::CallbackServerContext* context, const wardbook::v1::GetHeadCoverRequest* request,
    wardbook::v1::GetHeadCoverResponse* response) {
  return rpc_.Unary(context, [=, this](const Call& call, Finish finish) {
    if (absl::Status of_school = RequireOfSchool(call); !of_school.ok()) return finish(of_school);
    const absl::Time at = request->has_at_time() ? kernel::TimeOf(request->at_time()) : call.now;
    const std::optional<runtime::HeadAbsence> absence = people_.AbsenceAt(call.caller.school, at);
    for (const Entry& entry : people_.Everybody(call.caller.school)) {
      if (!entry.state.RolesAt(at).contains(wardbook::events::v1::ROLE_HEADTEACHER)) continue;
      response->add_headteacher_names(entry.state.name.value_or(""));
      const HeadAbsence* const recorded = entry.state.HeadAbsenceAt(at);
      if (absence && recorded != nullptr && recorded->id == absence->id) {
        *response->mutable_absence() = ToWire(people_, call, entry, *recorded);
      }
    }
    finish(absl::OkStatus());
  });
}

}  // namespace wardbook::people
