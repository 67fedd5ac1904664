// Conflicts of interest: nobody deals with a case in which they have one (P45).

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "services/casework/domain/decide.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/routing.h"
#include "services/casework/domain/sight.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using kernel::Role;
using wardbook::events::v1::CaseEvent;

// About another it is the Headteacher's and the Chair's to declare, and theirs who
// stand in for the Headteacher or are the council's officers. About the Headteacher
// and about the reporter, anybody's who handles the case: whoever finds out that it
// is about the Headteacher must not need their leave, and the Chair does not know of
// it.
Refusal CheckWhoDeclares(const CaseState& state, const DeclareConflict& command) {
  if (command.person == command.by.actor.person) return std::nullopt;
  const bool is_reporter = state.reporter == command.person;
  const bool may_declare =
      command.by.actor.HasAny(
          {Role::kHeadteacher, Role::kChairOfGovernors, Role::kSafeguardingOfficer}) ||
      StandsInForHeadteacher(command.by.actor, command.head_absence, command.school);
  if (!may_declare && !is_reporter && !Holds(command.school, command.person, Role::kHeadteacher)) {
    return Rejected{Reason::kConflictNotYours, "person_id"};
  }
  const auto handles = [&](const RegisteredPerson& person) {
    // Without their names: from whom it is kept because of a name alone, the conflict is
    // declared when the name turns out to mean them. Not an officer: nobody of the school
    // keeps the council out of a case.
    const Sight sight = SightOf(state, {person.id, person.roles});
    return person.id == command.person &&
           (sight == Sight::kHandler || sight == Sight::kLineManager);
  };
  if (is_reporter || state.conflicted.contains(command.person) ||
      std::any_of(command.school.begin(), command.school.end(), handles)) {
    return std::nullopt;
  }
  return Rejected{Reason::kNotAHandler, "person_id"};
}

}  // namespace

CaseDecision Decide(const CaseState& state, const DeclareConflict& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor,
                       {Sight::kHandler, Sight::kLineManager, Sight::kOfficer}),
          RequireText(command.reasons, "reasons", kTextCharactersMax),
          CheckWhoDeclares(state, command),
      })) {
    return *refusal;
  }
  if (state.conflicted.contains(command.person)) return std::vector<CaseEvent>{};

  const Telling instead = WhomToTellInstead(state, command);
  const bool holder_goes = state.recipient == command.person ||
                           (state.route == wardbook::events::v1::ROUTE_LINE_MANAGER &&
                            state.line_manager == command.person);
  const bool stays = !holder_goes && (instead.route == state.route ||
                                      instead.route == wardbook::events::v1::ROUTE_HEADTEACHER);
  CaseEvent event;
  wardbook::events::v1::ConflictDeclared& declared = *event.mutable_conflict_declared();
  declared.set_person_id(command.person.Bytes());
  declared.set_person_name(NameOf(command.school, command.person));
  declared.set_reasons(command.reasons);
  declared.set_route(stays ? state.route : instead.route);
  if (!stays) {
    for (const PersonId& person : instead.told) declared.add_told_ids(person.Bytes());
    if (instead.recipient) {
      declared.set_recipient_id(instead.recipient->Bytes());
      declared.set_recipient_name(NameOf(command.school, *instead.recipient));
    }
    if (instead.head_absence) declared.set_head_absence_id(instead.head_absence->Bytes());
  }
  return std::vector<CaseEvent>{std::move(event)};
}

}  // namespace wardbook::casework
