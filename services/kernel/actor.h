// Who acts, as the pure rules see it.

#ifndef SERVICES_KERNEL_ACTOR_H_
#define SERVICES_KERNEL_ACTOR_H_

#include <initializer_list>
#include <set>

#include "storage/base/ids.h"

namespace wardbook::kernel {

// A role of wardbook.events.v1.Role, closed so that a switch is exhaustive.
enum class Role {
  kStaff,
  kLineManager,
  kHeadteacher,
  kSeniorLeadership,
  kSafeguardingLead,
  kChairOfGovernors,
  kSafeguardingOfficer,
  kAuditor,
  kAdministrator,
};

// A person with the roles they hold at the moment of the command. A value.
struct Actor {
  PersonId person;
  std::set<Role> roles;

  bool Has(Role role) const { return roles.contains(role); }
  bool HasAny(std::initializer_list<Role> any) const {
    for (Role role : any) {
      if (Has(role)) return true;
    }
    return false;
  }
};

}  // namespace wardbook::kernel

#endif  // SERVICES_KERNEL_ACTOR_H_
