#include "services/people/domain/person_state.h"

#include <algorithm>

#include "services/kernel/timestamp.h"

namespace wardbook::people {

using wardbook::events::v1::PersonEvent;
using wardbook::events::v1::Role;

std::set<Role> PersonState::RolesAt(absl::Time when) const {
  std::set<Role> roles;
  for (const RoleSpan& span : spans) {
    if (span.from <= when && when < span.until) roles.insert(span.role);
  }
  return roles;
}

bool PersonState::HoldsForGood(Role role, absl::Time from) const {
  return std::any_of(spans.begin(), spans.end(), [&](const RoleSpan& span) {
    return span.role == role && span.from <= from && span.until == absl::InfiniteFuture();
  });
}

void Evolve(PersonState& state, const PersonEvent& event, const Fact& fact) {
  switch (event.body_case()) {
    case PersonEvent::kPersonRegistered:
      state.name = event.person_registered().name();
      state.category = event.person_registered().category();
      state.job_title = event.person_registered().job_title();
      return;
    case PersonEvent::kRoleGranted:
      state.spans.push_back(
          {event.role_granted().role(), kernel::TimeOf(event.role_granted().from_time())});
      return;
    case PersonEvent::kRoleEnded: {
      const absl::Time until = kernel::TimeOf(event.role_ended().until_time());
      for (RoleSpan& span : state.spans) {
        if (span.role == event.role_ended().role()) span.until = std::min(span.until, until);
      }
      return;
    }
    case PersonEvent::kLineManagerAssigned:
      state.line_manager = PersonId::FromBytes(event.line_manager_assigned().line_manager_id());
      return;
    case PersonEvent::kAccountIssued:
      state.account_issued = fact;
      return;
    case PersonEvent::BODY_NOT_SET:
      return;
  }
}

}  // namespace wardbook::people
