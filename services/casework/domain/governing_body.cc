// What the Governing Body is told, and what it does (P22). As a body it never sees
// a case: governors who may have to hear it later must come to it fresh.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "services/casework/domain/decide.h"
#include "services/casework/domain/decision_record.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/person_name.h"
#include "services/casework/domain/sight.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using kernel::Role;
using wardbook::events::v1::CaseEvent;

// Everybody in the incident, as the report and as the register name them.
bool NamesSomebody(const CaseState& state, const InformGoverningBody& command) {
  const auto is_named = [&command](const std::string& name) {
    return IsNamedIn(command.summary, name);
  };
  const auto is_involved = [&state](const PersonId& person) {
    return person == state.reporter || state.subjects.contains(person) ||
           state.targets.contains(person) || state.witnesses.contains(person);
  };
  return std::any_of(state.party_names.begin(), state.party_names.end(), is_named) ||
         std::any_of(command.school.begin(), command.school.end(),
                     [&](const RegisteredPerson& person) {
                       return is_involved(person.id) && is_named(person.name);
                     });
}

Refusal CheckWhoInforms(const InformGoverningBody& command) {
  if (command.by.actor.HasAny({Role::kHeadteacher, Role::kChairOfGovernors})) return std::nullopt;
  return Rejected{Reason::kHeadOrChairInforms, ""};
}

Refusal RefuseUnlessInformed(const CaseState& state) {
  if (state.decided.governing_body_informed) return std::nullopt;
  return Rejected{Reason::kGoverningBodyNotInformed, ""};
}

Refusal CheckSummary(const CaseState& state, const InformGoverningBody& command) {
  const Refusal refusal = RequireText(command.summary, "summary", kShortCharactersMax);
  if (refusal && refusal->reason == Reason::kFieldTooLong) {
    return Rejected{Reason::kGoverningBodyMinimum, "summary"};
  }
  if (refusal) return refusal;
  if (NamesSomebody(state, command)) return Rejected{Reason::kGoverningBodyNames, "summary"};
  return std::nullopt;
}

}  // namespace

CaseDecision Decide(const CaseState& state, const InformGoverningBody& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          CheckWhoInforms(command),
          RefuseBeforePolice(state),
          CheckSummary(state, command),
      })) {
    return *refusal;
  }

  CaseEvent event;
  event.mutable_governing_body_informed()->set_summary(command.summary);
  return UnlessDecided(state.decided.governing_body_informed, event.governing_body_informed(),
                       event);
}

CaseDecision Decide(const CaseState& state, const RecordGoverningBodyAction& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          RefuseBeforePolice(state),
          RefuseUnlessInformed(state),
          RequireText(command.minute_reference, "minute_reference", kShortCharactersMax),
      })) {
    return *refusal;
  }

  CaseEvent event;
  event.mutable_governing_body_action_recorded()->set_minute_reference(command.minute_reference);
  return UnlessDecided(state.decided.governing_body_action, event.governing_body_action_recorded(),
                       event);
}

}  // namespace wardbook::casework
