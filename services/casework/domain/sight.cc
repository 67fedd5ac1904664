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
  if (state.route == wardbook::events::v1::ROUTE_CHAIR_OF_GOVERNORS) {
    return viewer.Has(Role::kChairOfGovernors);
  }
  if (viewer.HasAny({Role::kHeadteacher, Role::kSeniorLeadership, Role::kSafeguardingLead})) {
    return true;
  }
  return !state.line_manager.IsZero() && state.line_manager == viewer.person;
}

}  // namespace

Sight SightOf(const CaseState& state, const Actor& viewer) {
  if (state.revision == 0) return Sight::kNone;
  const bool is_reporter = !state.reporter.IsZero() && state.reporter == viewer.person;
  if (state.subjects.contains(viewer.person)) {
    return is_reporter ? Sight::kReporter : Sight::kNone;
  }
  if (Handles(state, viewer)) return Sight::kHandler;
  if (viewer.Has(Role::kSafeguardingOfficer) && !state.referrals.empty()) return Sight::kOfficer;
  return is_reporter ? Sight::kReporter : Sight::kNone;
}

Refusal RefuseUnless(const CaseState& state, const Actor& actor,
                     std::initializer_list<Sight> allowed) {
  if (Refusal refusal = RefuseUnlessSeen(state, actor)) return refusal;
  const Sight sight = SightOf(state, actor);
  if (std::find(allowed.begin(), allowed.end(), sight) != allowed.end()) return std::nullopt;
  // They reported themselves, so that this tells them nothing new.
  if (state.subjects.contains(actor.person)) return Rejected{Reason::kSubject, ""};
  return Rejected{Reason::kRoleRequired, ""};
}

Refusal RefuseUnlessSeen(const CaseState& state, const Actor& actor) {
  if (SightOf(state, actor) == Sight::kNone) return Rejected{Reason::kNoSuchCase, ""};
  return std::nullopt;
}

}  // namespace wardbook::casework
