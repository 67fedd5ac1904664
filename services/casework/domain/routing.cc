#include "services/casework/domain/routing.h"

#include <algorithm>
#include <string>
#include <vector>

#include "services/casework/domain/breach.h"
#include "services/casework/domain/open_name.h"
#include "services/casework/domain/person_name.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using kernel::Role;
using wardbook::events::v1::Party;
using wardbook::events::v1::PersonCategory;

bool IsNamedAlone(const Party& party) {
  return party.capacity() == wardbook::events::v1::CAPACITY_SUBJECT && party.person_id().empty();
}

std::set<PersonId> SubjectsOf(const ReportIncident& command) {
  std::set<PersonId> subjects;
  // Nobody handles the report of their own act (P14).
  if (command.kind == wardbook::events::v1::INCIDENT_KIND_SELF_REPORT) {
    subjects.insert(command.by.actor.person);
  }
  for (const Party& party : command.parties) {
    if (party.capacity() != wardbook::events::v1::CAPACITY_SUBJECT) continue;
    if (const std::optional<PersonId> person = PersonId::FromBytes(party.person_id())) {
      subjects.insert(*person);
    }
  }
  return subjects;
}

std::set<PersonId> PresumedSubjectsOf(const ReportIncident& command) {
  std::set<PersonId> presumed;
  for (const RegisteredPerson& person : command.school) {
    const bool is_headteacher = person.roles.contains(Role::kHeadteacher);
    const bool is_denied =
        is_headteacher && command.about_headteacher == wardbook::events::v1::HEADTEACHER_ANSWER_NO;
    const bool is_named =
        std::any_of(command.parties.begin(), command.parties.end(), [&](const Party& party) {
          std::optional<OpenName> open = OpenNameOf(party);
          if (!open) return false;
          // Who means themself gives the whole name.
          const bool is_reporter = person.id == command.by.actor.person;
          open->in_part = open->in_part && !is_denied && !is_reporter &&
                          !person.AsActor().IsOfTheCouncilAlone();
          return std::any_of(
              person.names.begin(), person.names.end(),
              [&open](const kernel::KnownName& known) { return open->MayMean(known.name); });
        });
    const bool is_meant =
        is_headteacher && command.about_headteacher == wardbook::events::v1::HEADTEACHER_ANSWER_YES;
    if (is_named || is_meant) presumed.insert(person.id);
  }
  return presumed;
}

// The people of the register whom the case is not kept from.
class Free {
 public:
  Free(const std::vector<RegisteredPerson>& school, const std::set<PersonId>& kept_from)
      : school_(school), kept_from_(kept_from) {}

  // Not somebody without a role, who cannot sign in.
  bool Has(const PersonId& person) const {
    return !kept_from_.contains(person) &&
           std::any_of(school_.begin(), school_.end(), [&](const RegisteredPerson& other) {
             return other.id == person && !other.roles.empty();
           });
  }

  std::set<PersonId> With(std::initializer_list<Role> any) const {
    std::set<PersonId> people;
    for (const RegisteredPerson& person : school_) {
      if (kept_from_.contains(person.id)) continue;
      for (Role role : any) {
        if (person.roles.contains(role)) people.insert(person.id);
      }
    }
    return people;
  }

 private:
  const std::vector<RegisteredPerson>& school_;
  const std::set<PersonId>& kept_from_;
};

Telling ToTheOfficers(const Free& free) {
  Telling telling;
  telling.told = free.With({Role::kSafeguardingOfficer});
  telling.route = wardbook::events::v1::ROUTE_SAFEGUARDING_OFFICER;
  return telling;
}

// Where neither the Headteacher nor the leadership below them may be told.
Telling PastTheHeadteacher(const Free& free) {
  Telling telling;
  telling.told = free.With({Role::kChairOfGovernors});
  telling.route = wardbook::events::v1::ROUTE_CHAIR_OF_GOVERNORS;
  return telling.told.empty() ? ToTheOfficers(free) : telling;
}

// P39. Nothing when neither the Headteacher nor, in a recorded absence, anybody of
// the leadership team is free.
std::optional<Telling> ReceiverOfMaterial(const Free& free,
                                          const std::optional<AbsenceOfHead>& absence) {
  Telling telling;
  if (!absence) {
    telling.told = free.With({Role::kHeadteacher});
    telling.route = wardbook::events::v1::ROUTE_HEADTEACHER;
  } else {
    telling.told = free.With({Role::kSeniorLeadership});
    if (telling.told.contains(absence->deputy)) telling.told = {absence->deputy};
    telling.route = wardbook::events::v1::ROUTE_SENIOR_LEADERSHIP;
    telling.head_absence = absence->id;
  }
  if (telling.told.empty()) return std::nullopt;
  telling.told = {*telling.told.begin()};
  return telling;
}

std::optional<Telling> Leadership(const Free& free) {
  Telling telling;
  telling.route = wardbook::events::v1::ROUTE_HEADTEACHER;
  telling.told = free.With({Role::kHeadteacher, Role::kSafeguardingLead});
  // Where there is neither, a member of the leadership team.
  if (telling.told.empty()) telling.told = free.With({Role::kSeniorLeadership});
  if (telling.told.empty()) return std::nullopt;
  return telling;
}

// As what was reported will be, P18 included.
bool IsUnsuitableMaterial(const ReportIncident& command) {
  return command.kind == wardbook::events::v1::INCIDENT_KIND_UNSUITABLE_MATERIAL ||
         std::find(command.breached_clauses.begin(), command.breached_clauses.end(),
                   wardbook::events::v1::BREACH_CLAUSE_P18_UNSUITABLE_MATERIAL) !=
             command.breached_clauses.end();
}

// Who of them seeks the advice on unsuitable material. Officers give it.
Telling WithRecipient(Telling telling) {
  if (telling.route != wardbook::events::v1::ROUTE_SAFEGUARDING_OFFICER && !telling.told.empty()) {
    telling.recipient = *telling.told.begin();
  }
  return telling;
}

bool IsAboutHeadteacher(const ReportIncident& command, const std::set<PersonId>& subjects) {
  // Not sure counts as yes.
  if (command.about_headteacher != wardbook::events::v1::HEADTEACHER_ANSWER_UNSPECIFIED &&
      command.about_headteacher != wardbook::events::v1::HEADTEACHER_ANSWER_NO) {
    return true;
  }
  if (subjects.contains(command.by.actor.person) && command.by.actor.Has(Role::kHeadteacher)) {
    return true;
  }
  return std::any_of(subjects.begin(), subjects.end(), [&command](const PersonId& person) {
    return Holds(command.school, person, Role::kHeadteacher);
  });
}

// The Headteacher answers to the Chair, so that nobody in the school deals with what
// the Chair may have done. A surname alone does not take a case out of the school.
bool IsAboutChair(const ReportIncident& command) {
  if (command.kind == wardbook::events::v1::INCIDENT_KIND_SELF_REPORT) return false;
  const auto is_meant = [](const Party& party, const RegisteredPerson& person) {
    if (party.capacity() != wardbook::events::v1::CAPACITY_SUBJECT ||
        party.category() == wardbook::events::v1::PERSON_CATEGORY_PUPIL) {
      return false;
    }
    return party.person_id().empty() ? IsSameName(party.name(), person.name)
                                     : party.person_id() == person.id.view();
  };
  return std::any_of(
      command.school.begin(), command.school.end(), [&](const RegisteredPerson& person) {
        return person.roles.contains(Role::kChairOfGovernors) &&
               std::any_of(command.parties.begin(), command.parties.end(),
                           [&](const Party& party) { return is_meant(party, person); });
      });
}

// P45 speaks of cyber-bullying, and P14 of one's own act; every allegation
// against others goes to those who must deal with it.
bool MayChooseLineManager(const ReportIncident& command) {
  return command.kind == wardbook::events::v1::INCIDENT_KIND_CYBER_BULLYING ||
         command.kind == wardbook::events::v1::INCIDENT_KIND_SELF_REPORT;
}

}  // namespace

Refusal CheckHeadteacherQuestion(const ReportIncident& command) {
  if (!wardbook::events::v1::HeadteacherAnswer_IsValid(command.about_headteacher)) {
    return Rejected{Reason::kFieldInvalid, "about_headteacher"};
  }
  if (command.about_headteacher != wardbook::events::v1::HEADTEACHER_ANSWER_UNSPECIFIED) {
    return std::nullopt;
  }
  // One's own act is about oneself.
  if (command.kind == wardbook::events::v1::INCIDENT_KIND_SELF_REPORT) return std::nullopt;
  for (const Party& party : command.parties) {
    if (IsNamedAlone(party) && MayBeAdultOfSchool(party.category())) {
      return Rejected{Reason::kAboutHeadteacherNotAsked, "about_headteacher"};
    }
  }
  return std::nullopt;
}

PersonCategory CategoryOf(PersonCategory reported, PersonCategory registered) {
  if (registered == wardbook::events::v1::PERSON_CATEGORY_UNSPECIFIED) return reported;
  const bool is_known = reported != wardbook::events::v1::PERSON_CATEGORY_UNSPECIFIED;
  return is_known && MayBeAdultOfSchool(reported) && !IsPupil(registered) ? reported : registered;
}

bool Holds(const std::vector<RegisteredPerson>& school, const PersonId& person, Role role) {
  return std::any_of(school.begin(), school.end(), [&](const RegisteredPerson& one) {
    return one.id == person && one.roles.contains(role);
  });
}

bool StandsInForHeadteacher(const kernel::Actor& actor, const std::optional<AbsenceOfHead>& absence,
                            const std::vector<RegisteredPerson>& school) {
  const auto somebody_is = [&school](Role role) {
    return std::any_of(school.begin(), school.end(), [role](const RegisteredPerson& person) {
      return person.roles.contains(role);
    });
  };
  if (!somebody_is(Role::kSeniorLeadership)) return actor.Has(Role::kSafeguardingLead);
  if (!actor.Has(Role::kSeniorLeadership)) return false;
  return (absence && absence->deputy == actor.person) || !somebody_is(Role::kHeadteacher);
}

std::string NameOf(const std::vector<RegisteredPerson>& school, const PersonId& person) {
  const auto found =
      std::find_if(school.begin(), school.end(),
                   [&person](const RegisteredPerson& one) { return one.id == person; });
  return found == school.end() ? "" : found->name;
}

Refusal CheckReceiver(const ReportIncident& command, const Telling& telling) {
  if (!IsUnsuitableMaterial(command) || !command.to_senior_leadership ||
      telling.route != wardbook::events::v1::ROUTE_HEADTEACHER) {
    return std::nullopt;
  }
  return Rejected{Reason::kHeadteacherReceives, "to_senior_leadership"};
}

Telling WhomToTell(const ReportIncident& command) {
  const std::set<PersonId> presumed = PresumedSubjectsOf(command);
  std::set<PersonId> subjects = SubjectsOf(command);
  subjects.insert(presumed.begin(), presumed.end());
  const Free free(command.school, subjects);

  std::optional<Telling> telling;
  if (IsAboutChair(command)) {
    telling = ToTheOfficers(free);
  } else if (IsAboutHeadteacher(command, subjects)) {
    telling = PastTheHeadteacher(free);
  } else if (IsUnsuitableMaterial(command)) {
    telling = ReceiverOfMaterial(free, command.head_absence);
  } else if (command.to_line_manager && MayChooseLineManager(command) && command.line_manager &&
             *command.line_manager != command.by.actor.person && free.Has(*command.line_manager)) {
    telling.emplace();
    telling->route = wardbook::events::v1::ROUTE_LINE_MANAGER;
    telling->told = {*command.line_manager};
  } else {
    telling = Leadership(free);
  }
  if (!telling) telling = PastTheHeadteacher(free);
  telling->presumed_subjects = presumed;
  return IsUnsuitableMaterial(command) ? WithRecipient(*std::move(telling)) : *std::move(telling);
}

Telling WhomToTellInstead(const CaseState& state, const DeclareConflict& command) {
  std::set<PersonId> kept_from = {command.person};
  for (const RegisteredPerson& person : command.school) {
    if (IsKeptFrom(state, person.AsActor())) kept_from.insert(person.id);
  }
  const Free free(command.school, kept_from);
  std::optional<Telling> telling;
  switch (state.route) {
    case wardbook::events::v1::ROUTE_SAFEGUARDING_OFFICER:
      // It never comes back into the school.
      telling = ToTheOfficers(free);
      break;
    case wardbook::events::v1::ROUTE_CHAIR_OF_GOVERNORS:
      telling = PastTheHeadteacher(free);
      break;
    default:
      if (Holds(command.school, command.person, Role::kHeadteacher)) break;
      telling = state.recipient == command.person && !state.recipient.IsZero()
                    ? ReceiverOfMaterial(free, command.head_absence)
                    : Leadership(free);
      break;
  }
  if (!telling) telling = PastTheHeadteacher(free);
  return IsUnsuitableMaterial(state) ? WithRecipient(*std::move(telling)) : *std::move(telling);
}

}  // namespace wardbook::casework
