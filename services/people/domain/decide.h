// The decisions about a person: pure, one overload a command. Each first asks
// who acts (only an administrator does), then whether the person is there, then
// whether the request is whole. Deciding twice adds nothing.

#ifndef SERVICES_PEOPLE_DOMAIN_DECIDE_H_
#define SERVICES_PEOPLE_DOMAIN_DECIDE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/kernel/actor.h"
#include "services/kernel/decision.h"
#include "services/people/domain/person_state.h"
#include "storage/base/ids.h"
#include "wardbook/events/v1/person_event.pb.h"
#include "wardbook/events/v1/school_event.pb.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::people {

// What fits a line of a form.
inline constexpr size_t kNameCharactersMax = 200;

// What every command has.
struct By {
  kernel::Actor actor;
  absl::Time now;
};

struct RegisterPerson {
  By by;
  std::string name;
  wardbook::events::v1::PersonCategory category = wardbook::events::v1::PERSON_CATEGORY_UNSPECIFIED;
  std::string job_title;
  // Held from now on.
  std::vector<wardbook::events::v1::Role> roles;
};

struct GrantRole {
  By by;
  // Whose role.
  PersonId person;
  wardbook::events::v1::Role role = wardbook::events::v1::ROLE_UNSPECIFIED;
  // Now when not said.
  std::optional<absl::Time> from;
};

struct EndRole {
  By by;
  wardbook::events::v1::Role role = wardbook::events::v1::ROLE_UNSPECIFIED;
  // Now when not said.
  std::optional<absl::Time> until;
  // Whether somebody else can sign in and is an administrator from then on. Only
  // then the role of an administrator ends: a school that has none is locked out
  // of its own register.
  bool others_administer = false;
};

struct AssignLineManager {
  By by;
  // Whose line manager.
  PersonId person;
  // Somebody of the school's register; nothing when the request names nobody of
  // it.
  std::optional<PersonId> line_manager;
};

struct IssueAccount {
  By by;
  absl::Time code_expire_time;
};

using PersonDecision = kernel::Decision<wardbook::events::v1::PersonEvent>;

PersonDecision Decide(const PersonState& state, const RegisterPerson& command);
// No events when the person holds the role from that moment on already. Nobody
// gives themself a role that sees cases: an administrator manages people and has
// no access to what is recorded about them, so it takes two to change that.
PersonDecision Decide(const PersonState& state, const GrantRole& command);
// No events when the person does not hold the role at or after that moment.
PersonDecision Decide(const PersonState& state, const EndRole& command);
// For the same reason nobody makes themself a line manager.
PersonDecision Decide(const PersonState& state, const AssignLineManager& command);
// An event each time: every code is another way in.
PersonDecision Decide(const PersonState& state, const IssueAccount& command);

// A school's own state: no name until it is registered.
struct SchoolState {
  std::optional<std::string> name;
};

// Asks for a school to be registered.
struct NewSchool {
  std::string name;
  // From 2 to 32 of a-z, 0-9 and hyphen, because people type it.
  std::string short_name;
};

void Evolve(SchoolState& state, const wardbook::events::v1::SchoolEvent& event);
kernel::Decision<wardbook::events::v1::SchoolEvent> Decide(const SchoolState& state,
                                                           const NewSchool& command);

}  // namespace wardbook::people

#endif  // SERVICES_PEOPLE_DOMAIN_DECIDE_H_
