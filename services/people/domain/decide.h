// The decisions about a person: pure, one overload a command. Each first asks
// who acts, then whether the person is there, then whether the request is whole.
// Deciding twice adds nothing.
//
// Only an administrator decides about people, but for two things: the absences of
// the Headteacher are those people's who lead the school, and a person confirms
// their own profile review.

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
// Of a school's short name, which people type: a-z, 0-9 and hyphen.
inline constexpr size_t kShortNameMin = 2;
inline constexpr size_t kShortNameMax = 32;

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

// Says what is so now; what it leaves out stays.
struct CorrectPerson {
  By by;
  std::string name;
  wardbook::events::v1::PersonCategory category = wardbook::events::v1::PERSON_CATEGORY_UNSPECIFIED;
  std::string job_title;
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
  // Whether the person is the only Chair of Governors who can sign in from then on.
  // Then the role does not end either: a case about the Headteacher would have nobody
  // to receive it.
  bool is_only_chair = false;
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

// Says that the Headteacher is absent, and who acts (P39).
struct RecordHeadAbsence {
  By by;
  // Whose absence it is.
  PersonId headteacher;
  AbsenceId absence;
  // Now when not said.
  std::optional<absl::Time> from;
  // Not known when not said.
  std::optional<absl::Time> until;
  PersonId deputy;
  // Whether the deputy is of the leadership team when the absence begins.
  bool deputy_leads = false;
  std::string reason;
};

struct EndHeadAbsence {
  By by;
  AbsenceId absence;
  // Now when not said.
  std::optional<absl::Time> end;
};

// Of the actor's own profiles (P13).
struct ConfirmProfileReview {
  By by;
  // Now when not said.
  std::optional<absl::Time> reviewed;
};

struct RecordLeaving {
  By by;
  // Now when not said.
  std::optional<absl::Time> left;
  std::string reason;
  // As in EndRole.
  bool others_administer = false;
  bool is_only_chair = false;
};

using PersonDecision = kernel::Decision<wardbook::events::v1::PersonEvent>;

PersonDecision Decide(const PersonState& state, const RegisterPerson& command);
// No events when the register says so already.
PersonDecision Decide(const PersonState& state, const CorrectPerson& command);
// No events when the person holds the role from that moment on already. Nobody
// gives themself a role that sees cases: an administrator manages people and has
// no access to what is recorded about them, so it takes two to change that. Nor is
// an auditor given a role of the school, or the other way round: who reads what was
// refused to everybody is not one of them.
PersonDecision Decide(const PersonState& state, const GrantRole& command);
// No events when the person does not hold the role at or after that moment.
PersonDecision Decide(const PersonState& state, const EndRole& command);
// For the same reason nobody makes themself a line manager.
PersonDecision Decide(const PersonState& state, const AssignLineManager& command);
// An event each time: every code is another way in. Nobody who has left is given
// one.
PersonDecision Decide(const PersonState& state, const IssueAccount& command);
// Taken from the Headteacher, a member of the leadership team and the Chair. Not
// from an administrator: who receives what is reported about colleagues would be
// theirs to decide. No events when the same is recorded.
PersonDecision Decide(const PersonState& state, const RecordHeadAbsence& command);
// Taken from the same. No events when it ends by then already.
PersonDecision Decide(const PersonState& state, const EndHeadAbsence& command);
// No events when they have confirmed one since they joined.
PersonDecision Decide(const PersonState& state, const ConfirmProfileReview& command);
// No events when they are gone by then already.
PersonDecision Decide(const PersonState& state, const RecordLeaving& command);

// By when somebody who works in the school since a moment has reviewed what can be
// seen of them online (P13): two weeks. The policy sets no time.
absl::Time ProfileReviewDue(absl::Time works_since);

// A school's own state: no name until it is registered.
struct SchoolState {
  std::optional<std::string> name;
};

// Asks for a school to be registered.
struct NewSchool {
  std::string name;
  // From kShortNameMin to kShortNameMax of a-z, 0-9 and hyphen.
  std::string short_name;
};

void Evolve(SchoolState& state, const wardbook::events::v1::SchoolEvent& event);
kernel::Decision<wardbook::events::v1::SchoolEvent> Decide(const SchoolState& state,
                                                           const NewSchool& command);

}  // namespace wardbook::people

#endif  // SERVICES_PEOPLE_DOMAIN_DECIDE_H_
