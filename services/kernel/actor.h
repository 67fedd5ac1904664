// Who acts, as the pure rules see it.

#ifndef SERVICES_KERNEL_ACTOR_H_
#define SERVICES_KERNEL_ACTOR_H_

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
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

// A name that the register has or had for somebody, and since when.
struct KnownName {
  std::string name;
  absl::Time since = absl::InfinitePast();

  friend bool operator==(const KnownName&, const KnownName&) = default;
};

// A person with the roles they hold at the moment of the command. A value.
struct Actor {
  PersonId person;
  std::set<Role> roles;
  // Every name that the register has had for them.
  std::vector<KnownName> names = {};

  bool Has(Role role) const { return roles.contains(role); }
  bool HasAny(std::initializer_list<Role> any) const {
    for (Role role : any) {
      if (Has(role)) return true;
    }
    return false;
  }
  // Whether they are the council's and have nothing to do in the school.
  bool IsOfTheCouncilAlone() const {
    return Has(Role::kSafeguardingOfficer) &&
           std::all_of(roles.begin(), roles.end(), [](Role role) {
             return role == Role::kSafeguardingOfficer || role == Role::kAuditor;
           });
  }
};

}  // namespace wardbook::kernel

#endif  // SERVICES_KERNEL_ACTOR_H_
