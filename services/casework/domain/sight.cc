#include "services/casework/domain/sight.h"

#include <algorithm>

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

bool WasToldAsLineManager(const CaseState& state, const Actor& viewer) {
  return (state.route == wardbook::events::v1::ROUTE_LINE_MANAGER ||
          state.route == wardbook::events::v1::ROUTE_HEADTEACHER) &&
         !state.line_manager.IsZero() && state.line_manager == viewer.person;
}

}  // namespace

bool IsKeptFrom(const CaseState& state, const PersonId& person) {
  return state.subjects.contains(person) || state.conflicted.contains(person);
}

Sight SightOf(const CaseState& state, const Actor& viewer) {
  if (state.revision == 0) return Sight::kNone;
  const bool is_reporter = !state.reporter.IsZero() && state.reporter == viewer.person;
  if (IsKeptFrom(state, viewer.person)) {
    return is_reporter ? Sight::kReporter : Sight::kNone;
  }
  if (Handles(state, viewer)) return Sight::kHandler;
  if (viewer.Has(Role::kSafeguardingOfficer) && (IsOfficers(state) || !state.referrals.empty())) {
    return Sight::kOfficer;
  }
  if (WasToldAsLineManager(state, viewer)) return Sight::kLineManager;
  return is_reporter ? Sight::kReporter : Sight::kNone;
}

Refusal RefuseUnless(const CaseState& state, const Actor& actor,
                     std::initializer_list<Sight> allowed) {
  if (Refusal refusal = RefuseUnlessSeen(state, actor)) return refusal;
  const auto is_allowed = [&allowed](Sight sight) {
    return std::find(allowed.begin(), allowed.end(), sight) != allowed.end();
  };
  const Sight sight = SightOf(state, actor);
  if (is_allowed(sight)) return std::nullopt;
  // A case that nobody in the school handles is the officers' to handle.
  if (sight == Sight::kOfficer && IsOfficers(state) && is_allowed(Sight::kHandler)) {
    return std::nullopt;
  }
  // They reported themselves, so that this tells them nothing new.
  if (state.subjects.contains(actor.person)) return Rejected{Reason::kSubject, ""};
  return Rejected{Reason::kRoleRequired, ""};
}

Refusal RefuseUnlessCouncils(const CaseState& state, const Actor& actor,
                             absl::string_view conveyed_by) {
  if (SightOf(state, actor) != Sight::kHandler) {
    return RefuseUnless(state, actor, {Sight::kOfficer});
  }
  if (IsBlank(conveyed_by)) return Rejected{Reason::kConveyedByMissing, "conveyed_by"};
  return std::nullopt;
}

Refusal RefuseUnlessSeen(const CaseState& state, const Actor& actor) {
  if (SightOf(state, actor) == Sight::kNone) return Rejected{Reason::kNoSuchCase, ""};
  return std::nullopt;
}

}  // namespace wardbook::casework
