#include "services/people/bootstrap.h"

#include <optional>
#include <utility>
#include <variant>

#include "absl/synchronization/notification.h"
#include "services/people/school_register.h"
#include "services/runtime/refusal.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/random.h"

namespace wardbook::people {
namespace {

template <class Aggregate>
absl::Status RunAndWait(runtime::Transactor<Aggregate>& transactor, const SchoolId& school,
                        std::string stream, typename runtime::Transactor<Aggregate>::Decide decide,
                        absl::Time now) {
  runtime::CommandFrame frame;
  frame.caller.school = school;
  frame.stream = std::move(stream);
  frame.request_id = crypto::NewRequestId();
  frame.now = now;
  absl::Notification answered;
  absl::Status status;
  transactor.Run(std::move(frame), std::move(decide), [&](auto outcome) {
    status = outcome.status();
    answered.Notify();
  });
  answered.WaitForNotification();
  return status;
}

RegisterPerson FirstAdministrator(absl::string_view name, absl::Time now) {
  RegisterPerson command;
  command.by = {{PersonId(), {kernel::Role::kAdministrator}}, now};
  command.name = std::string(name);
  command.category = wardbook::events::v1::PERSON_CATEGORY_EMPLOYEE;
  command.roles = {wardbook::events::v1::ROLE_STAFF, wardbook::events::v1::ROLE_ADMINISTRATOR};
  return command;
}

}  // namespace

absl::Status CheckSchool(const NewSchool& command, absl::string_view administrator_name) {
  const auto school = Decide(SchoolState(), command);
  if (const auto* rejected = std::get_if<kernel::Rejected>(&school)) {
    return runtime::Refuse(*rejected);
  }
  const auto administrator =
      Decide(PersonState(), FirstAdministrator(administrator_name, absl::UnixEpoch()));
  if (const auto* rejected = std::get_if<kernel::Rejected>(&administrator)) {
    return runtime::Refuse(rejected->reason, "administrator");
  }
  return absl::OkStatus();
}

absl::StatusOr<SchoolId> RegisterSchool(runtime::Transactor<SchoolAggregate>& transactor,
                                        vault::SecretTable& short_names, const NewSchool& command,
                                        absl::Time now) {
  const auto decision = Decide(SchoolState(), command);
  if (const auto* rejected = std::get_if<kernel::Rejected>(&decision)) {
    return runtime::Refuse(*rejected);
  }
  // The row comes before the event. A crash in between leaves a name that stands
  // for a school without events, which the next call takes over.
  WARDBOOK_ASSIGN_OR_RETURN(std::optional<SchoolId> school,
                            FindShortName(short_names, command.short_name));
  if (school) {
    WARDBOOK_ASSIGN_OR_RETURN(const auto snapshot, transactor.Load(*school, SchoolStream(*school)));
    const std::optional<std::string>& name = snapshot->state.name;
    if (name && *name != command.name) {
      return absl::AlreadyExistsError("the short name belongs to a school with another name");
    }
  } else {
    school = crypto::RandomId<SchoolId>();
    WARDBOOK_RETURN_IF_ERROR(short_names.Put(command.short_name, school->view()));
  }
  WARDBOOK_RETURN_IF_ERROR(RunAndWait(
      transactor, *school, SchoolStream(*school),
      [command](const SchoolState& state) { return Decide(state, command); }, now));
  return *school;
}

absl::StatusOr<PersonId> RegisterFirstAdministrator(
    runtime::Transactor<PersonAggregate>& transactor, const SchoolId& school,
    absl::string_view name, absl::Time now) {
  const PersonId person = crypto::RandomId<PersonId>();
  const RegisterPerson command = FirstAdministrator(name, now);
  WARDBOOK_RETURN_IF_ERROR(RunAndWait(
      transactor, school, PersonStream(person),
      [command](const PersonState& state) { return Decide(state, command); }, now));
  return person;
}

absl::Status RecordAccountIssue(runtime::Transactor<PersonAggregate>& transactor,
                                const SchoolId& school, const PersonId& person,
                                absl::Time code_expire_time, absl::Time now) {
  const IssueAccount command{{{PersonId(), {kernel::Role::kAdministrator}}, now}, code_expire_time};
  return RunAndWait(
      transactor, school, PersonStream(person),
      [command](const PersonState& state) { return Decide(state, command); }, now);
}

}  // namespace wardbook::people
