#include "services/casework/domain/sight.h"

#include <algorithm>

#include "services/casework/domain/person_name.h"
#include "services/kernel/decision.h"

namespace wardbook::casework {
namespace {

using kernel::Actor;
using kernel::Reason;
using kernel::Rejected;
using kernel::Role;

bool Handles(const CaseState& state, const Actor& viewer) {
  switch (state.route) {
    case wardbook::events::v1::ROUTE_CHAIR_OF_GOVERNORS:
      return viewer.Has(Role::kChairOfGovernors);
    case wardbook::events::v1::ROUTE_SAFEGUARDING_OFFICER:
      return false;
    default:
      return viewer.HasAny({Role::kHeadteacher, Role::kSeniorLeadership, Role::kSafeguardingLead});
  }
}

bool IsOfficers(const CaseState& state) {
  return state.route == wardbook::events::v1::ROUTE_SAFEGUARDING_OFFICER;
}

// Until it is handed on; from then on a line manager has no need to know more.
bool HoldsAsLineManager(const CaseState& state, const Actor& viewer) {
  return state.route == wardbook::events::v1::ROUTE_LINE_MANAGER &&
         state.line_manager == viewer.person;
}

bool HandedOnAsLineManager(const CaseState& state, const Actor& viewer) {
  return state.route == wardbook::events::v1::ROUTE_HEADTEACHER && !state.line_manager.IsZero() &&
         state.line_manager == viewer.person;
}

// What the register was told so shortly before a report it may not have known then.
constexpr absl::Duration kRegisterLagMax = absl::Minutes(1);

// They reported themselves, so that this tells them nothing new.
Rejected NotTheirs(const CaseState& state, const Actor& actor) {
  const bool is_subject = state.subjects.contains(actor.person);
  return {is_subject ? Reason::kSubject : Reason::kRoleRequired, ""};
}

}  // namespace

bool IsKeptFrom(const CaseState& state, const PersonId& person) {
  return state.subjects.contains(person) || state.conflicted.contains(person);
}

bool IsKeptFrom(const CaseState& state, const Actor& person) {
  return IsKeptFrom(state, person.person) ||
         std::any_of(state.open_names.begin(), state.open_names.end(),
                     [&](const OpenName& open) { return MayHaveComeUnder(open, state, person); });
}

bool MayHaveComeUnder(OpenName open, const CaseState& state, const Actor& person) {
  if (person.person == state.reporter) return false;
  const absl::Time looked_up = state.reported_time - kRegisterLagMax;
  const auto first_new =
      std::find_if(person.names.begin(), person.names.end(),
                   [looked_up](const kernel::KnownName& name) { return name.since >= looked_up; });
  if (first_new == person.names.end()) return false;
  open.in_part = open.in_part && !person.IsOfTheCouncilAlone();
  const auto may_mean = [&open](const kernel::KnownName& known) {
    return open.MayMean(known.name);
  };
  if (std::any_of(person.names.begin(), first_new, may_mean)) return false;
  // A slip in the register that was put right is nobody's name.
  const bool is_put_right =
      std::any_of(person.names.begin(), first_new, [&person](const kernel::KnownName& known) {
        return IsSameName(known.name, person.names.back().name);
      });
  return !is_put_right && std::any_of(first_new, person.names.end(), may_mean);
}

Sight SightOf(const CaseState& state, const Actor& viewer) {
  if (state.revision == 0) return Sight::kNone;
  const bool is_reporter = !state.reporter.IsZero() && state.reporter == viewer.person;
  if (IsKeptFrom(state, viewer)) {
    return is_reporter ? Sight::kOwnEntries : Sight::kNone;
  }
  if (Handles(state, viewer)) return Sight::kHandler;
  if (viewer.Has(Role::kSafeguardingOfficer) && (IsOfficers(state) || !state.referrals.empty())) {
    return Sight::kOfficer;
  }
  if (HoldsAsLineManager(state, viewer)) return Sight::kLineManager;
  if (is_reporter) return Sight::kReporter;
  return HandedOnAsLineManager(state, viewer) ? Sight::kOwnEntries : Sight::kNone;
}

Refusal RefuseUnless(const CaseState& state, const Actor& actor,
                     std::initializer_list<Sight> allowed) {
  if (Refusal refusal = RefuseUnlessKnown(state, actor)) return refusal;
  const auto is_allowed = [&allowed](Sight sight) {
    return std::find(allowed.begin(), allowed.end(), sight) != allowed.end();
  };
  const Sight sight = SightOf(state, actor);
  if (is_allowed(sight)) return std::nullopt;
  // A case that nobody in the school handles is the officers' to handle.
  if (sight == Sight::kOfficer && IsOfficers(state) && is_allowed(Sight::kHandler)) {
    return std::nullopt;
  }
  return NotTheirs(state, actor);
}

Refusal RefuseUnlessCouncils(const CaseState& state, const Actor& actor) {
  return RefuseUnless(state, actor, {Sight::kHandler, Sight::kOfficer});
}

Refusal RequireConveyedBy(const CaseState& state, const Actor& actor,
                          absl::string_view conveyed_by) {
  if (SightOf(state, actor) != Sight::kHandler || !IsBlank(conveyed_by)) return std::nullopt;
  return Rejected{Reason::kConveyedByMissing, "conveyed_by"};
}

Refusal RefuseUnlessParty(const CaseState& state, const kernel::Actor& actor) {
  return RefuseUnless(state, actor, {Sight::kHandler, Sight::kLineManager, Sight::kOfficer});
}

Refusal RefuseUnlessSeen(const CaseState& state, const Actor& actor) {
  if (Refusal refusal = RefuseUnlessKnown(state, actor)) return refusal;
  if (SightOf(state, actor) == Sight::kOwnEntries) return NotTheirs(state, actor);
  return std::nullopt;
}

Refusal RefuseUnlessKnown(const CaseState& state, const Actor& actor) {
  if (SightOf(state, actor) == Sight::kNone) return Rejected{Reason::kNoSuchCase, ""};
  return std::nullopt;
}

}  // namespace wardbook::casework
